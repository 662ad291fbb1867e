import { labelledSteps, plotBars, plotHeight } from "./geometry";

const fills = ["fill-series-1", "fill-series-2", "fill-series-3"];
const marks = ["bg-series-1", "bg-series-2", "bg-series-3"];
const labelHeight = 24;
const compact = new Intl.NumberFormat("en", { notation: "compact" });

interface BarChartProps {
  /** What the picture says, for whoever does not see it. */
  readonly summary: string;
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  readonly steps: readonly { readonly name: string; readonly short: string }[];
}

/** Bars over time, drawn on the server. It widens without its text, so that the text has one size on every screen. */
export function BarChart({ summary, series, steps }: BarChartProps) {
  const { columns, lines } = plotBars(series.map(({ values }) => values));
  const said = (step: number) =>
    series.map(({ name, values }) => `${name} ${(values[step] ?? 0).toLocaleString("en")}`).join("\n");
  return (
    <div className="flex text-xs">
      <svg aria-hidden="true" className="w-9 shrink-0 overflow-visible" height={plotHeight + labelHeight}>
        {lines.map(({ value, y }) => (
          <text key={value} x="28" y={y} dy="0.32em" textAnchor="end" className="fill-muted tabular-nums">
            {compact.format(value)}
          </text>
        ))}
      </svg>
      <svg
        role="img"
        aria-label={summary}
        width="100%"
        height={plotHeight + labelHeight}
        className="min-w-0 flex-1 overflow-visible"
      >
        {lines.map(({ value, y }) => (
          <line
            key={value}
            x1="0"
            x2="100%"
            y1={y}
            y2={y}
            className={value === 0 ? "stroke-edge" : "stroke-line"}
            shapeRendering="crispEdges"
          />
        ))}
        {columns.map(({ left, width, barLeft, barWidth, segments }, step) => (
          <g key={left}>
            <title>{`${steps[step]?.name ?? ""}\n${said(step)}`}</title>
            <rect
              x={`${String(left)}%`}
              width={`${String(width)}%`}
              height={plotHeight}
              className="fill-transparent hover:fill-sunken"
            />
            {segments.map(({ series: at, y, height }) => (
              <rect
                key={at}
                x={`${String(barLeft)}%`}
                width={`${String(barWidth)}%`}
                y={y}
                height={height}
                className={`pointer-events-none ${fills[at] ?? ""}`}
              />
            ))}
          </g>
        ))}
        {labelledSteps(steps.length).map((step) => (
          <text
            key={step}
            x={`${String(columns[step]?.left ?? 0)}%`}
            y={plotHeight + 18}
            className="fill-muted tabular-nums"
          >
            {steps[step]?.short}
          </text>
        ))}
      </svg>
    </div>
  );
}

/** Which colour stands for what, with the sum of each. */
export function Legend({ parts }: { parts: readonly { readonly name: string; readonly total: number }[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {parts.map(({ name, total }, at) => (
        <li key={name} className="flex items-center gap-2">
          <span aria-hidden="true" className={`size-2.5 rounded-xs ${marks[at] ?? ""}`} />
          <span>
            <span className="text-muted">{name}</span>{" "}
            <span className="tabular-nums">{total.toLocaleString("en")}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
