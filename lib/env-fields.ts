import { z } from "zod";
import { basePath, basePathAdvice, basePathShape, withinBase } from "@/lib/shared/base-path";
import { normalizeEmail } from "@/lib/shared/email-address";
import { isRateLimitName, type RateLimitName, type RateLimitPolicy } from "@/lib/shared/rate-limit-policies";
import { isRole, type Role } from "@/lib/shared/permissions";

/** Words that appear in examples; a secret that holds one was copied, not made. */
const placeholders = /change-?me|replace-?me|example|placeholder|your-|secret-?here|insecure|password/i;

const secret = z
  .string()
  .min(32, "each secret needs at least 32 characters; make one with: openssl rand -base64 32")
  .refine((value) => new Set(value).size >= 12, "looks guessable; make one with: openssl rand -base64 32")
  .refine(
    (value) => !placeholders.test(value),
    "is an example value; make one with: openssl rand -base64 32",
  );

/** Comma-separated secrets, newest first. */
export const secretList = z
  .string("set it to a secret; make one with: openssl rand -base64 32")
  .transform((value) => value.split(",").map((part) => part.trim()))
  .pipe(z.array(secret).min(1));

/** Comma-separated `id:base64`, newest first, each key 32 bytes. */
export const aesKeyRing = z
  .string('set it to one or more keys; make one with: echo "k1:$(openssl rand -base64 32)"')
  .transform((value, context) => {
    const ring = value.split(",").map((part) => {
      const [id = "", encoded = ""] = part.trim().split(/:(.*)/s);
      return { id, key: new Uint8Array(Buffer.from(encoded, "base64")) };
    });
    for (const { id, key } of ring) {
      if (!/^[A-Za-z0-9_-]{1,32}$/.test(id) || key.length !== 32)
        context.addIssue({
          code: "custom",
          message: "each key must look like id:base64 of exactly 32 bytes",
        });
    }
    if (new Set(ring.map(({ id }) => id)).size !== ring.length)
      context.addIssue({ code: "custom", message: "key ids must differ from each other" });
    return ring;
  });

export const externalUrl = z.url({ protocol: /^https?$/, error: "must be an http(s) URL" });

/** The address of this build: an origin, and the path that the build is served below. Its origin is what comes out. */
export const ownAddress = (advice: string) =>
  z
    .url({ protocol: /^https?$/, error: advice, abort: true })
    .transform((value) => new URL(value))
    .refine(
      ({ pathname, search, hash }) => withinBase(pathname) === "/" && search === "" && hash === "",
      basePath === ""
        ? "must have no path: this build is served at the root of a host. For a path, build it with BASE_PATH (docs/deployment.md)"
        : `must end with ${basePath}: that is where this build is served. For another path, build it with another BASE_PATH`,
    )
    .transform((url) => url.origin);

/** The same at run time as at build time, where it was written into every script. */
export const builtBasePath = z
  .string()
  .regex(basePathShape, { error: basePathAdvice, abort: true })
  .default("")
  .refine(
    (value) => value === basePath,
    `is ${basePath === "" ? "empty" : basePath} in this build: say the same here, or build again`,
  );

export const optional = <Schema extends z.ZodType>(inner: Schema) => inner.optional();

export const positiveInteger = (fallback: number) =>
  wholeNumber(1, Number.MAX_SAFE_INTEGER).default(fallback);

/** A whole number from `least` to `most`. */
export const wholeNumber = (least: number, most: number) => {
  const error =
    most === Number.MAX_SAFE_INTEGER
      ? `must be a whole number of at least ${String(least)}`
      : `must be a whole number from ${String(least)} to ${String(most)}`;
  return z.coerce.number(error).int(error).min(least, error).max(most, error);
};

/** What an ID token may be signed with; `none` is not among them, HMAC only where it is pinned. */
export const idTokenAlgorithms = [
  ...(["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"] as const),
  ...(["EdDSA", "Ed25519", "HS256", "HS384", "HS512"] as const),
] as const;

/** One of a few words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, `must be one of ${words.join(", ")}`);

export const truth = (fallback: boolean) =>
  z
    .enum(["true", "false"], "must be true or false")
    .transform((value) => value === "true")
    .default(fallback);

export const commaList = z
  .string()
  .transform((value) => value.split(",").map((part) => part.trim()))
  .default([]);

/** Where mail is handed in: `smtp://` or `smtps://`, with user and password in it where the server wants them. */
export const smtpUrl = z
  .url({ protocol: /^smtps?$/, error: "must look like smtps://user:password@mail.example.org", abort: true })
  .transform((value) => new URL(value))
  .refine((url) => url.hostname !== "", "must name a host");

/** Who mail is from: an address, or a name and an address in angle brackets. */
export const mailSender = z.string().transform((value, context) => {
  const [, name = "", bracketed] = /^([^<>"\r\n]*)<([^<>]+)>$/.exec(value) ?? [];
  const address = normalizeEmail(bracketed ?? value);
  if (address === null) {
    context.addIssue({ code: "custom", message: "must look like Gatehouse <no-reply@example.org>" });
    return z.NEVER;
  }
  return { name: name.trim(), address };
});

/** `claimed=role` pairs; without it a claimed value counts when it is the name of a role. */
export const roleMap = z
  .string()
  .transform((value, context) => {
    const map = new Map<string, Role>();
    for (const pair of value.split(",")) {
      const [claimed = "", role = ""] = pair.split("=").map((part) => part.trim());
      if (claimed === "" || !isRole(role))
        context.addIssue({
          code: "custom",
          message: "must look like claimed-value=role, with role user or admin",
        });
      else map.set(claimed, role);
    }
    return map;
  })
  .optional();

/** `name=points/seconds` pairs over the limits of lib/domain/rate-limits. */
export const rateLimitOverrides = z
  .string()
  .transform((value, context) => {
    const overrides = new Map<RateLimitName, RateLimitPolicy>();
    for (const pair of value.split(",")) {
      const [, name = "", points = "", seconds = ""] =
        /^\s*(\w+)\s*=\s*(\d{1,9})\s*\/\s*(\d{1,7})\s*$/.exec(pair) ?? [];
      if (!isRateLimitName(name) || Number(points) === 0 || Number(seconds) === 0)
        context.addIssue({
          code: "custom",
          message: `must look like sign_in_pair=10/900 (points/seconds); the names stand in docs/rate-limits.md`,
        });
      else overrides.set(name, { points: Number(points), seconds: Number(seconds) });
    }
    return overrides;
  })
  .default(new Map());

/** E-mail addresses, as they are compared: in lower case. */
export const emailList = z
  .string()
  .transform((value, context) =>
    value.split(",").map((part) => {
      const address = normalizeEmail(part)?.toLowerCase();
      if (address !== undefined) return address;
      context.addIssue({ code: "custom", message: "must list e-mail addresses, comma-separated" });
      return z.NEVER;
    }),
  )
  .default([]);

/** Origins of front ends elsewhere, comma-separated: scheme, host and port, no path, no wildcard. */
export const originList = z
  .string()
  .transform((value, context) =>
    value.split(",").map((part) => {
      const origin = part.trim();
      if (!URL.canParse(origin) || new URL(origin).origin !== origin || !/^https?:/.test(origin))
        context.addIssue({
          code: "custom",
          message: "must list origins such as https://front.example.org, without a path",
        });
      return origin;
    }),
  )
  .default([]);
