"use client";

import { useEffect, useRef, useState } from "react";
import { Field, type FieldProps } from "../ui/field";

/**
 * A password that can be shown. It is hidden again when the form is sent, so that neither a bystander nor the browser's
 * memory for text fields keeps it. Without scripts there is no button, and the field is an ordinary password.
 */
export function PasswordField(props: Omit<FieldProps, "ref" | "type" | "trailing">) {
  const [shown, setShown] = useState(false);
  const ref = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const form = ref.current?.form;
    const hide = () => {
      setShown(false);
    };
    form?.addEventListener("submit", hide);
    return () => form?.removeEventListener("submit", hide);
  }, []);

  return (
    <Field
      {...props}
      ref={ref}
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
