"use client";

import { useState } from "react";
import { Field, type FieldProps } from "../ui/field";

/** A password that can be shown. Without scripts there is no button, and the field is an ordinary password. */
export function PasswordField(props: Omit<FieldProps, "type" | "trailing">) {
  const [shown, setShown] = useState(false);
  return (
    <Field
      {...props}
      type={shown ? "text" : "password"}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      trailing={
        <button
          type="button"
          aria-controls={props.name}
          aria-label={shown ? "Hide password" : "Show password"}
          onClick={() => {
            setShown(!shown);
          }}
          className="absolute inset-y-1 end-1 min-w-16 rounded-md px-3 text-sm font-medium text-accent hover:bg-sunken noscript:hidden"
        >
          {shown ? "Hide" : "Show"}
        </button>
      }
    />
  );
}
