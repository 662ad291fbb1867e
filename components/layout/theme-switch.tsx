import { themes, type Theme } from "@/lib/shared/theme";

const labels: Record<Theme, string> = { system: "System", light: "Light", dark: "Dark" };

/** Three buttons of one form; `action` gets the chosen one as `theme`. */
export function ThemeSwitch({ theme, action }: { theme: Theme; action: (form: FormData) => Promise<void> }) {
  return (
    <form action={action}>
      <fieldset>
        <legend className="sr-only">Theme</legend>
        <div className="flex gap-1 rounded-control bg-sunken p-1">
          {themes.map((value) => (
            <button
              key={value}
              type="submit"
              name="theme"
              value={value}
              aria-pressed={value === theme}
              className="min-h-8 flex-1 rounded-md border border-transparent px-3 text-sm text-muted hover:text-ink aria-pressed:border-edge aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-ink max-sm:min-h-10"
            >
              {labels[value]}
            </button>
          ))}
        </div>
      </fieldset>
    </form>
  );
}
