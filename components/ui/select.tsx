import type { ComponentProps } from "react";

interface SelectProps extends Omit<ComponentProps<"select">, "id" | "className" | "children"> {
  name: string;
  label: string;
  options: readonly { readonly value: string; readonly label: string }[];
}

/** A labelled choice of one. The name is its id, so it may stand once on a page. */
export function Select({ label, options, ...select }: SelectProps) {
  return (
    <div>
      <label htmlFor={select.name} className="block text-sm font-medium">
        {label}
      </label>
      <select
        {...select}
        id={select.name}
        className="mt-1.5 block min-h-11 w-full rounded-control border border-edge bg-surface px-3 py-2 text-base"
      >
        {options.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
