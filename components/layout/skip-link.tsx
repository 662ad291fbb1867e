/** The first thing that Tab reaches: past the navigation, to the page. */
export function SkipLink({ target }: { target: string }) {
  return (
    <a
      href={`#${target}`}
      className="sr-only rounded-control bg-accent px-4 py-2 font-medium text-on-accent focus:not-sr-only focus:fixed focus:start-4 focus:top-3 focus:z-20"
    >
      Skip to the content
    </a>
  );
}
