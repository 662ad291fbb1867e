import { overviewPath } from "@/lib/routes-admin";
import { overviewRanges, type OverviewRange } from "@/lib/shared/overview";
import { rangeWords } from "./words";

/** How long a time is shown: links, so that the address says it. */
export function RangeNav({ range }: { range: OverviewRange }) {
  return (
    <nav aria-label="Time">
      <ul className="inline-flex rounded-control border border-line bg-sunken p-1">
        {overviewRanges.map((one) => (
          <li key={one}>
            <a
              href={overviewPath(one)}
              aria-current={one === range ? "true" : undefined}
              className="flex min-h-9 items-center rounded-md border border-transparent px-4 text-sm font-medium text-muted hover:text-ink aria-[current]:border-line aria-[current]:bg-surface aria-[current]:text-ink max-sm:min-h-11"
            >
              {rangeWords[one].label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
