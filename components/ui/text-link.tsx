import { clsx } from "clsx";
import type { ComponentProps } from "react";

/** A link within text. */
export function TextLink({ className, ...rest }: ComponentProps<"a">) {
  return (
    <a
      {...rest}
      className={clsx(
        "font-medium text-accent underline decoration-1 underline-offset-4 hover:text-accent-strong hover:decoration-2",
        className,
      )}
    />
  );
}
