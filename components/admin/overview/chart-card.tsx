import type { OverviewChart, OverviewRange } from "@/lib/shared/overview";
import { BarChart, Legend } from "../../charts/bar-chart";
import { Icon } from "../../ui/icon";
import { changeInWords, chartWords, rangeWords, stepWords } from "./words";

interface ChartCardProps {
  readonly chart: OverviewChart;
  readonly range: OverviewRange;
  readonly steps: readonly Date[];
}

/** One chart with its number, and its figures as a table. */
export function ChartCard({ chart, range, steps }: ChartCardProps) {
  const { id, series, total, before } = chart;
  const { title, about } = chartWords[id];
  const named = steps.map((at) => stepWords(range, at));
  const parts = series.map(({ name, values }) => ({
    name,
    total: values.reduce((sum, value) => sum + value, 0),
  }));
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="flex min-w-0 flex-col rounded-card border border-line bg-surface"
    >
      <div className="flex flex-1 flex-col p-4 sm:p-5">
        <h3 id={`${id}-title`} className="text-sm font-medium text-muted">
          {title}
        </h3>
        <p className="mt-1 text-2xl font-semibold tabular-nums">{total.toLocaleString("en")}</p>
        <p className="text-sm text-muted">{changeInWords(total, before, rangeWords[range].before)}</p>
        <div className="mt-5">
          {total === 0 ? (
            <div className="flex h-24 items-center justify-center rounded-control bg-sunken text-sm text-muted lg:h-42">
              None in this time
            </div>
          ) : (
            <BarChart summary={summaryOf(chart, named)} series={series} steps={named} />
          )}
        </div>
        <div className="mt-4 max-lg:empty:hidden lg:min-h-5">
          {series.length > 1 && total > 0 ? <Legend parts={parts} /> : null}
        </div>
        <p className="mt-3 text-sm text-muted">{about}</p>
      </div>
      <details className="group border-t border-line">
        <summary className="flex min-h-11 list-none items-center gap-2 px-4 text-sm font-medium hover:bg-sunken sm:px-5 [&::-webkit-details-marker]:hidden">
          <Icon
            name="chevron-right"
            className="size-4 text-muted transition-transform duration-100 group-open:rotate-90"
          />
          <span>
            Table<span className="sr-only"> of {title.toLowerCase()}</span>
          </span>
        </summary>
        <FigureTable title={title} series={series} steps={named} />
      </details>
    </section>
  );
}

interface FigureTableProps extends Pick<OverviewChart, "series"> {
  readonly title: string;
  readonly steps: readonly { readonly name: string }[];
}

function FigureTable({ title, series, steps }: FigureTableProps) {
  return (
    <div
      role="region"
      aria-label={`${title}, every figure`}
      tabIndex={0}
      className="max-h-96 overflow-auto border-t border-line"
    >
      <table className="w-full text-sm tabular-nums max-sm:text-xs">
        <caption className="sr-only">{title}, times in UTC</caption>
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky top-0 bg-surface px-2 py-2 text-start font-medium max-sm:first:ps-4 max-sm:last:pe-4 sm:px-5"
            >
              Time (UTC)
            </th>
            {series.map(({ name }) => (
              <th
                key={name}
                scope="col"
                className="sticky top-0 bg-surface px-2 py-2 text-end font-medium max-sm:first:ps-4 max-sm:last:pe-4 sm:px-5"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map(({ name }, step) => (
            <tr key={name} className="border-t border-line">
              <th
                scope="row"
                className="px-2 py-2 text-start font-normal max-sm:first:ps-4 max-sm:last:pe-4 sm:px-5 sm:whitespace-nowrap"
              >
                {name}
              </th>
              {series.map(({ name: of, values }) => (
                <td key={of} className="px-2 py-2 text-end max-sm:first:ps-4 max-sm:last:pe-4 sm:px-5">
                  {(values[step] ?? 0).toLocaleString("en")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function summaryOf(
  { id, series, total }: OverviewChart,
  steps: readonly { readonly name: string }[],
): string {
  const sums = steps.map((_, step) => series.reduce((sum, { values }) => sum + (values[step] ?? 0), 0));
  const most = Math.max(...sums);
  const when = steps[sums.indexOf(most)]?.name ?? "";
  const { title } = chartWords[id];
  return id === "sessions"
    ? `${title} over time: ${total.toLocaleString("en")} at most, ${when}.`
    : `${title} over time: ${total.toLocaleString("en")} in all, the most ${when} with ${most.toLocaleString("en")}.`;
}
