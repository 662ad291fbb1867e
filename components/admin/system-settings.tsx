import type { Setting } from "@/lib/shared/diagnosis";
import { Icon } from "../ui/icon";

const origins: Readonly<Record<Setting["source"], string | null>> = {
  set: null,
  preset: "From the preset",
  default: "Default",
  unset: null,
};

/** The configuration as this instance sees it, what was set before what was not; of secrets whether they are set. */
export function SystemSettings({ settings }: { settings: readonly Setting[] }) {
  const [set, left] = [true, false].map((wanted) =>
    settings.filter(({ source }) => (source === "set") === wanted),
  );
  return (
    <section className="mt-12" aria-labelledby="variables">
      <h2 id="variables" className="text-lg font-semibold">
        Environment variables
      </h2>
      <p className="mt-1 mb-4 max-w-[60ch] text-sm text-muted">
        As this instance sees them. Of a secret it says whether it is set, of an address that may hold one the
        server.
      </p>
      <div className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface">
        <Settings title="Set" settings={set ?? []} />
        <Settings title="Not set" settings={left ?? []} />
      </div>
    </section>
  );
}

function Settings({ title, settings }: { title: string; settings: readonly Setting[] }) {
  return (
    <details className="group">
      <summary className="flex min-h-11 list-none items-center gap-3 px-4 py-3 hover:bg-sunken focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
        <Icon
          name="chevron-right"
          className="size-4 text-muted transition-transform duration-100 group-open:rotate-90"
        />
        <h3 className="min-w-0 flex-1 font-medium">{title}</h3>
        <span className="text-sm text-muted tabular-nums">
          {settings.length}
          <span className="sr-only"> variables</span>
        </span>
      </summary>
      <dl className="divide-y divide-line border-t border-line text-sm">
        {settings.map((setting) => (
          <div key={setting.name} className="grid gap-x-4 px-4 py-2.5 sm:grid-cols-[2fr_3fr] sm:ps-11">
            <dt className="min-w-0 font-mono text-[0.92em] leading-6 wrap-anywhere">{setting.name}</dt>
            <dd className="flex min-w-0 flex-wrap justify-between gap-x-4 leading-6">
              <Value setting={setting} />
              <span className="text-muted">{origins[setting.source]}</span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Value({ setting: { source, value } }: { setting: Setting }) {
  if (value !== null) return <span className="min-w-0 font-mono text-[0.92em] wrap-anywhere">{value}</span>;
  return <span className="text-muted">{source === "unset" ? "None" : "Hidden"}</span>;
}
