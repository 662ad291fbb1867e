import { z } from "zod";
import { externalUrl, idTokenAlgorithms, oneOf, optional, roleMap, truth } from "./env-fields";
import { presetNames } from "./env-presets";
import { privateKey } from "./env-private-key";

/** Parameters that the protocol or another variable says (OpenID Connect Core 3.1.2.1, RFC 7636, RFC 9101, RFC 9126). */
const ownParameters = new Set([
  ...["response_type", "response_mode", "client_id", "redirect_uri", "scope", "state", "nonce"],
  ...["code_challenge", "code_challenge_method", "request", "request_uri", "audience", "resource", "prompt"],
]);

/** `name=value` pairs, joined by `&`. */
const parameters = z
  .string()
  .transform((value, context) => {
    const pairs = [...new URLSearchParams(value)];
    for (const [name, text] of pairs) {
      if (ownParameters.has(name))
        context.addIssue({ code: "custom", message: `must not hold ${name}, which is said elsewhere` });
      if (text === "") context.addIssue({ code: "custom", message: "must look like name=value&name=value" });
    }
    return Object.fromEntries(pairs);
  })
  .default({});

/** The parameter that asks for the sign-up screen; null when there is none. */
const signUp = z
  .string()
  .transform((value, context): Readonly<Record<string, string>> | null => {
    if (value === "none") return null;
    if (value === "prompt_create") return { prompt: "create" };
    if (value === "screen_hint") return { screen_hint: "signup" };
    const [, name, text] = /^([a-z_]+)=([\w:.-]+)$/.exec(value) ?? [];
    if (name !== undefined && text !== undefined && (name === "prompt" || !ownParameters.has(name)))
      return { [name]: text };
    context.addIssue({
      code: "custom",
      message: "must be one of prompt_create, screen_hint, none, or a parameter as name=value",
    });
    return z.NEVER;
  })
  .default({ prompt: "create" });

/** RP-Initiated Logout 1.0, or Auth0's `/v2/logout`. A hyphen does as well as an underscore. */
const logout = z.preprocess(
  (value) => (typeof value === "string" ? value.replaceAll("-", "_") : value),
  oneOf(["rp_initiated", "auth0_v2", "none"]).default("rp_initiated"),
);

export const standardName = "Single sign-on";

/** What can be said of a provider: `OIDC_ISSUER` and so on for the one, `OIDC_<ID>_ISSUER` for each of several. */
export const providerFields = {
  PRESET: optional(oneOf(presetNames)),
  ISSUER: optional(externalUrl),
  CLIENT_ID: optional(z.string()),
  CLIENT_SECRET: optional(z.string()),
  PRIVATE_KEY: optional(privateKey),
  NAME: z.string().max(60, "must have at most 60 characters").default(standardName),
  SCOPES: z
    .string()
    .refine((value) => value.split(" ").includes("openid"), "must contain openid")
    .default("openid profile email offline_access"),
  AUDIENCE: optional(z.string()),
  RESOURCE: optional(z.url("must be an absolute URI")),
  PROMPT: optional(oneOf(["consent", "login", "select_account"])),
  PARAMETERS: parameters,
  TOKEN_AUTH_METHOD: optional(oneOf(["client_secret_basic", "client_secret_post", "private_key_jwt"])),
  ASSERTION_AUDIENCE: oneOf(["issuer", "token_endpoint"]).default("issuer"),
  PAR: oneOf(["auto", "always", "never"]).default("auto"),
  ID_TOKEN_ALG: optional(oneOf(idTokenAlgorithms)),
  USERINFO: truth(true),
  SIGN_UP: signUp,
  LOGOUT: logout,
  ROLES_CLAIM: optional(z.string()),
  ROLES_MAP: roleMap,
};

export const providerSchema = z.object(providerFields);

/** How the client authenticates (OpenID Connect Core 9). */
export type ClientAuthMethod = NonNullable<z.output<typeof providerSchema>["TOKEN_AUTH_METHOD"]>;
