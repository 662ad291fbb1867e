import { clsx } from "clsx";
import type { ComponentProps } from "react";

type Variant = "primary" | "secondary" | "quiet" | "danger";
type Size = "normal" | "small";

const base =
  "inline-flex items-center justify-center gap-2 rounded-control border text-center text-balance font-medium no-underline transition-colors duration-100 aria-disabled:cursor-progress aria-disabled:opacity-70";

const variants: Record<Variant, string> = {
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "border-edge bg-surface text-ink hover:bg-sunken",
  quiet: "border-transparent text-muted hover:bg-sunken hover:text-ink",
  danger: "border-edge bg-surface text-danger hover:border-danger hover:bg-danger-soft",
};

const sizes: Record<Size, string> = {
  normal: "min-h-11 px-4 py-2 text-base",
  small: "min-h-9 px-3 py-1 text-sm max-sm:min-h-11",
};

interface Look {
  variant?: Variant | undefined;
  size?: Size | undefined;
  /** As wide as what holds it. */
  wide?: boolean | undefined;
}

function look({ variant = "secondary", size = "normal", wide = false }: Look, className: string | undefined) {
  return clsx(base, variants[variant], sizes[size], wide && "w-full", className);
}

/** A button; it submits its form unless `type` says otherwise. */
export function Button({ variant, size, wide, className, ...rest }: ComponentProps<"button"> & Look) {
  return <button type="submit" {...rest} className={look({ variant, size, wide }, className)} />;
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({ variant, size, wide, className, ...rest }: ComponentProps<"a"> & Look) {
  return <a {...rest} className={look({ variant, size, wide }, className)} />;
}
