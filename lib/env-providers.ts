import type { z } from "zod";
import { presetValues } from "./env-presets";
import type { PrivateKey } from "./env-private-key";
import { providerFields, providerSchema, type ClientAuthMethod } from "./env-provider-fields";
import { assignVariables, variableOf, type Said } from "./env-provider-names";
import { consistencyFaults, rivalFaults } from "./env-provider-rules";
import type { Fault, Present } from "./env-rules";
import type { Role } from "./shared/permissions";

/** An OpenID provider as configured. */
export interface ProviderSettings {
  /** Stable; part of the callback path and of the stored rows. */
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  /** There when there is no secret. */
  readonly privateKey: PrivateKey | undefined;
  readonly scope: string;
  readonly audience: string | undefined;
  /** RFC 8707. */
  readonly resource: string | undefined;
  readonly prompt: string | undefined;
  /** Further parameters of the authorization request. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Undefined: what the metadata allows, `client_secret_basic` first (RFC 8414). */
  readonly tokenAuthMethod: ClientAuthMethod | undefined;
  /** Whom a client assertion is for (RFC 7523 section 3, draft-ietf-oauth-rfc7523bis). */
  readonly assertionAudience: "issuer" | "token_endpoint";
  /** Whether authorization requests are pushed (RFC 9126); `auto`: when the metadata requires it. */
  readonly par: "auto" | "always" | "never";
  /** Undefined: any asymmetric algorithm that the metadata advertises. */
  readonly idTokenAlgorithm: string | undefined;
  /** Whether the UserInfo endpoint is asked at sign-in. */
  readonly userinfo: boolean;
  /** The parameter that asks for the sign-up screen; null when there is none. */
  readonly signUp: Readonly<Record<string, string>> | null;
  readonly logout: "rp_initiated" | "auth0_v2" | "none";
  readonly rolesClaim: string | undefined;
  readonly rolesMap: ReadonlyMap<string, Role> | undefined;
}

interface Reading {
  readonly providers: readonly ProviderSettings[];
  /** The variables that name an issuer. */
  readonly issuerVariables: readonly string[];
  readonly faults: readonly Fault[];
}

/** The configured providers in the order of the list, presets filled in, and everything that is wrong with them. */
export function readProviders(present: Present): Reading {
  const { said, faults } = assignVariables(present, Object.keys(providerFields));
  const filled = said.map((one) => ({
    ...one,
    values: { ...presetValues(one.values["PRESET"]), ...one.values },
  }));
  const parsed = filled.map((one) => ({ one, result: providerSchema.safeParse(one.values) }));
  return {
    providers: parsed.flatMap(({ one, result }) => (result.success ? settingsOf(one.id, result.data) : [])),
    issuerVariables: said.map(({ id }) => variableOf(id, "ISSUER")),
    faults: [
      ...faults,
      ...parsed.flatMap(({ one, result }) => [...malformed(one, result.error), ...consistencyFaults(one)]),
      ...rivalFaults(filled),
    ],
  };
}

function malformed({ id }: Said, error: z.ZodError | undefined): Fault[] {
  return (error?.issues ?? []).map(({ path, message }) => ({
    name: variableOf(id, path.join(".")),
    message,
  }));
}

function settingsOf(id: string, said: z.output<typeof providerSchema>): ProviderSettings[] {
  const { ISSUER: issuer, CLIENT_ID: clientId } = said;
  if (issuer === undefined || clientId === undefined) return [];
  return [
    {
      ...{ id, issuer, clientId, name: said.NAME, clientSecret: said.CLIENT_SECRET },
      privateKey: said.PRIVATE_KEY,
      scope: said.SCOPES,
      audience: said.AUDIENCE,
      resource: said.RESOURCE,
      prompt: said.PROMPT,
      parameters: said.PARAMETERS,
      tokenAuthMethod: said.TOKEN_AUTH_METHOD,
      assertionAudience: said.ASSERTION_AUDIENCE,
      par: said.PAR,
      idTokenAlgorithm: said.ID_TOKEN_ALG,
      userinfo: said.USERINFO,
      signUp: said.SIGN_UP,
      logout: said.LOGOUT,
      rolesClaim: said.ROLES_CLAIM,
      rolesMap: said.ROLES_MAP,
    },
  ];
}
