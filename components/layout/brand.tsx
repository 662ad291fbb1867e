import { paths } from "@/lib/routes";

/** The name and mark of the product, a link home. */
export function Brand() {
  return (
    <a
      href={paths.home}
      className="inline-flex min-h-11 items-center gap-2.5 rounded-control font-semibold tracking-tight"
    >
      <svg aria-hidden="true" viewBox="0 0 32 32" fill="none" className="size-7 shrink-0">
        <rect width="32" height="32" rx="7" className="fill-accent" />
        <path
          d="M7 25V15a9 9 0 0 1 18 0v10M12.5 25v-8.5a3.5 3.5 0 0 1 7 0V25M5 25h22"
          strokeWidth="2.25"
          strokeLinecap="round"
          strokeLinejoin="round"
          className="stroke-on-accent"
        />
      </svg>
      Gatehouse
    </a>
  );
}
