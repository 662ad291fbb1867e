import "server-only";
import Bowser from "bowser";

const kinds: Readonly<Record<string, string>> = { mobile: "phone", tablet: "tablet", desktop: "computer" };

/** A browser as its user agent describes it, for example "Firefox on Android, phone". */
export function describeDevice(userAgent: string | null): string {
  if (userAgent === null || userAgent === "") return "Unknown device";
  const { browser, os, platform } = Bowser.parse(userAgent);
  const name = [browser.name, os.name].filter((part) => part !== undefined && part !== "").join(" on ");
  const kind = kinds[platform.type ?? ""];
  if (name === "") return kind === undefined ? "Unknown device" : `Unknown ${kind}`;
  return kind === undefined ? name : `${name}, ${kind}`;
}
