import { Visitor, type Answered } from "../../attacks/support/visitor";
import type { Instance } from "./instances";

/** The same browser at one process, past the balancer. */
export function at(instance: Instance, visitor: Visitor): Visitor {
  return new Visitor(instance.url, visitor.cookies);
}

/** What the protected message was answered with. */
export interface Reading {
  readonly status: number;
  /** The code of a failure. */
  readonly error: string | undefined;
  readonly text: string | undefined;
}

/** Asks for the protected message so many times at once, at all processes alike. */
export function readAtOnce(
  instances: readonly Instance[],
  visitor: Visitor,
  times: number,
): Promise<readonly Reading[]> {
  const browsers = instances.map((instance) => at(instance, visitor));
  return Promise.all(Array.from({ length: times }, (_, index) => read(browsers[index % browsers.length]!)));
}

/** Asks for the protected message once. */
export async function read(browser: Visitor): Promise<Reading> {
  const answer = await browser.get("/api/messages/protected");
  const { error, text } = json(answer);
  return { status: answer.status, error, text };
}

/** The different answers among readings, each as `status` or `status code`. */
export function kinds(readings: readonly Reading[]): string[] {
  return [...new Set(readings.map(({ status, error }) => [status, error].filter(Boolean).join(" ")))].sort();
}

function json({ text }: Answered): { error?: string; text?: string } {
  try {
    return JSON.parse(text) as { error?: string; text?: string };
  } catch {
    return { error: text.slice(0, 200) };
  }
}
