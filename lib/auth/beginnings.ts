import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import type { CookieJar } from "./cookie-header";
import { cookieNameOf, transactionCookieOptions } from "./cookies";
import { belongsTo, suffixesOf, suffixFor } from "./state-suffix";
import { environment } from "@/lib/env";
import { openSignedValue, signValue } from "@/lib/platform/crypto/signed-value";
import { startParameters } from "@/lib/shared/start-parameters";
import { safeReturnPath } from "@/lib/web/safe-return-path";
import { cookieHeaderFor } from "@/lib/web/set-cookie";

/** A login may take this long and still be started again by itself. */
const lifetimeSeconds = 24 * 60 * 60;
const maxBeginnings = 4;
/** A longer one is not kept, so that cookies stay small whatever the return path is. */
const maxValueLength = 800;
const purpose = "gatehouse sign-in begun v1";

const schema = z.object({
  state: z.string(),
  startedAt: z.number(),
  provider: z.string(),
  returnTo: z.string().nullable(),
  parameters: z.partialRecord(z.enum(startParameters), z.string()),
  restarted: z.boolean(),
});

/** That this browser began a sign-in, and where it was to lead. It outlives the cookies that can finish it. */
export interface Beginning {
  readonly provider: string;
  /** Validated. */
  readonly returnTo: string | null;
  readonly parameters: z.output<typeof schema>["parameters"];
  /** The sign-in was itself begun in place of one that was lost. */
  readonly restarted: boolean;
}

/** `Set-Cookie` headers that remember a sign-in as begun here; the oldest are let go. */
export function rememberBeginning(
  jar: CookieJar,
  state: string,
  now: Date,
  { provider, returnTo, parameters, restarted }: Beginning,
): string[] {
  const startedAt = Math.floor(now.getTime() / 1000);
  const record = { state: digest(state), startedAt, provider, returnTo, parameters, restarted };
  const value = signValue(JSON.stringify(record), purpose, environment().AUTH_SECRET);
  const gone = forget(suffixes(jar).slice(maxBeginnings - 1));
  if (value.length > maxValueLength) return gone;
  const options = { ...transactionCookieOptions(), maxAge: lifetimeSeconds };
  return [...gone, cookieHeaderFor(name() + suffixFor(state, now), value, options)];
}

/** The sign-in of `state` as this browser began it; null when it did not, or too long ago. */
export function findBeginning(jar: CookieJar, state: string, now: Date): Beginning | null {
  const suffix = suffixes(jar).find((candidate) => belongsTo(candidate, state));
  const text =
    suffix === undefined
      ? null
      : openSignedValue(jar.get(name() + suffix), purpose, environment().AUTH_SECRET);
  if (text === null) return null;
  const record = schema.safeParse(JSON.parse(text));
  if (!record.success || record.data.state !== digest(state)) return null;
  const { startedAt, provider, returnTo, parameters, restarted } = record.data;
  if (now.getTime() / 1000 > startedAt + lifetimeSeconds) return null;
  return { provider, returnTo: safeReturnPath(returnTo), parameters, restarted };
}

/** `Set-Cookie` headers that forget the sign-in of `state`: its answer has come. */
export function forgetBeginning(jar: CookieJar, state: string): string[] {
  return forget(suffixes(jar).filter((suffix) => belongsTo(suffix, state)));
}

function name(): string {
  return cookieNameOf("began");
}

function suffixes(jar: CookieJar): string[] {
  return suffixesOf(jar, [name()]);
}

function forget(which: readonly string[]): string[] {
  const options = { ...transactionCookieOptions(), maxAge: 0 };
  return which.map((suffix) => cookieHeaderFor(name() + suffix, "", options));
}

function digest(state: string): string {
  return createHash("sha256").update(state).digest("base64url");
}
