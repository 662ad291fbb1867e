/** Identity claims as pretty JSON, in a box that scrolls and that the keyboard reaches. */
export function Claims({
  claims,
  labelledBy,
}: {
  claims: Readonly<Record<string, unknown>>;
  labelledBy: string;
}) {
  return (
    <pre
      tabIndex={0}
      role="region"
      aria-labelledby={labelledBy}
      className="max-h-96 overflow-auto rounded-card border border-line bg-surface p-4 font-mono text-sm leading-6"
    >
      {JSON.stringify(claims, null, 2)}
    </pre>
  );
}
