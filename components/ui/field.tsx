import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

export interface FieldProps extends Omit<ComponentProps<"input">, "id" | "className"> {
  name: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  /** Says nothing of being optional, where every field is. */
  unmarked?: boolean;
  /** Stands within the box, at its end. */
  trailing?: ReactNode;
}

/** A labelled input. Hint and error describe it; the name is its id, so it may stand once on a page. */
export function Field({ label, hint, error, unmarked = false, trailing, required, ...input }: FieldProps) {
  const hintId = `${input.name}-hint`;
  const errorId = `${input.name}-error`;
  const describedBy = clsx(error && errorId, hint && hintId) || undefined;
  return (
    <div>
      <label htmlFor={input.name} className="block text-sm font-medium">
        {label}
        {required || unmarked ? null : <span className="font-normal text-muted"> (optional)</span>}
      </label>
      {hint ? (
        <p id={hintId} className="mt-1 text-sm text-muted">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={errorId} className="mt-1 text-sm font-medium text-danger">
          <span className="sr-only">Error: </span>
          {error}
        </p>
      ) : null}
      <div className="relative mt-1.5">
        <input
          {...input}
          id={input.name}
          required={required}
          // Scripts off, the browser itself goes to the first field with an error.
          autoFocus={error !== undefined}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy}
          className={clsx(
            "block min-h-11 w-full rounded-control border bg-surface px-3 py-2 text-base",
            "focus-visible:border-accent focus-visible:outline-offset-0",
            error ? "border-2 border-danger" : "border-edge",
            trailing && "pe-20",
          )}
        />
        {trailing}
      </div>
    </div>
  );
}
