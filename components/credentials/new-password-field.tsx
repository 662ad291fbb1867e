"use client";

import { clsx } from "clsx";
import { useState, type ComponentProps } from "react";
import { passwordStrength, strengths } from "@/lib/shared/password-strength";
import { PasswordField } from "./password-field";

const fills = ["bg-edge", "bg-warning", "bg-accent", "bg-success"] as const;

/** A field for a new password that tells how strong it is while it is typed. Nothing but the length is asked for. */
export function NewPasswordField(
  props: Omit<ComponentProps<typeof PasswordField>, "onInput" | "autoComplete">,
) {
  const [typed, setTyped] = useState("");
  const strength = passwordStrength(typed);
  return (
    <div>
      <PasswordField
        {...props}
        hint="At least 15 characters. A few words that only you would put together work well."
        autoComplete="new-password"
        onInput={(event) => {
          setTyped(event.currentTarget.value);
        }}
      />
      <div className={clsx("mt-2 flex items-center gap-3", typed === "" && "hidden")}>
        <div aria-hidden className="flex flex-1 gap-1">
          {fills.map((_, at) => (
            <span
              key={at}
              className={clsx("h-1 flex-1 rounded-full", at <= strength ? fills[strength] : "bg-sunken")}
            />
          ))}
        </div>
        <p role="status" className="min-w-24 text-end text-sm text-muted">
          {typed === "" ? "" : strengths[strength]}
        </p>
      </div>
    </div>
  );
}
