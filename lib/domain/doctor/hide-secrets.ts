import "server-only";
import { shownProviderFields, shownSettings } from "./shown-settings";
import { presentSettings } from "@/lib/env";
import { assignVariables, variableOf } from "@/lib/env-provider-names";

/** Shorter ones stand in ordinary words. */
const shortest = 6;

/**
 * A function that takes every secret of the environment out of a text: what other servers and drivers say in an error is
 * not ours to trust.
 */
export function secretHider(): (text: string) => string {
  const secrets = secretTexts();
  return (text) => secrets.reduce((left, secret) => left.replaceAll(secret, "[hidden]"), text);
}

function secretTexts(): string[] {
  const present = presentSettings();
  const fields = Object.entries(shownProviderFields);
  const ids = assignVariables(present, Object.keys(shownProviderFields)).said.map(({ id }) => id);
  const shown = Object.fromEntries([
    ...Object.entries(shownSettings),
    ...ids.flatMap((id) => fields.map(([field, how]) => [variableOf(id, field), how] as const)),
  ]);
  const secrets = Object.entries(shown).flatMap(([name, how]) => {
    const value = present[name] ?? "";
    if (how === "nothing") return [value, ...value.split(",").map((part) => part.trim())];
    if (how === "ids") return value.split(",").map((part) => part.split(/:(.*)/s)[1]?.trim() ?? "");
    return how === "server" && URL.canParse(value) ? passwordsOf(new URL(value)) : [];
  });
  // The longest first, so that no half of one stays behind.
  return secrets.filter(({ length }) => length >= shortest).sort((one, other) => other.length - one.length);
}

function passwordsOf({ password, searchParams }: URL): string[] {
  const given = [password, searchParams.get("password") ?? ""];
  return given.flatMap((text) => [text, decode(text)]);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
