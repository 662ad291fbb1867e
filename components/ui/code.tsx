/** A short technical name within text, such as a permission. It stays on one line. */
export function Code({ children }: { children: string }) {
  return <code className="font-mono text-[0.9em] whitespace-nowrap text-ink">{children}</code>;
}
