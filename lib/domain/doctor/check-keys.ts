import "server-only";
import { z } from "zod";
import { fault, ok, type Finding } from "./finding";
import { clockToleranceSeconds } from "@/lib/domain/oidc/clock-tolerance";
import type { ProviderMetadata } from "@/lib/domain/oidc/metadata";
import type { ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { acceptedAlgorithms } from "@/lib/domain/oidc/verify-id-token";
import { variableOf } from "@/lib/env-provider-names";
import { boundedFetch, OutboundError } from "@/lib/platform/http/bounded-fetch";

const jwksSchema = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), use: z.string().optional() })),
});

/** Whether ID tokens can be verified: the algorithms, the published keys, the clocks. */
export async function checkKeys(
  provider: ProviderConfig,
  metadata: ProviderMetadata,
): Promise<readonly Finding[]> {
  return [checkAlgorithms(provider, metadata), ...(await checkPublished(metadata))];
}

function checkAlgorithms(provider: ProviderConfig, metadata: ProviderMetadata): Finding {
  const advertised = metadata.id_token_signing_alg_values_supported ?? ["RS256"];
  const accepted = acceptedAlgorithms(provider, advertised);
  const variable = variableOf(provider.id, "ID_TOKEN_ALG");
  if (provider.idTokenAlgorithm !== undefined && !advertised.includes(provider.idTokenAlgorithm))
    return fault(
      `${variable} pins ${provider.idTokenAlgorithm}, the provider signs with ${advertised.join(", ")}`,
      `Take ${variable} out, or have the provider sign with that.`,
    );
  if (accepted.length > 0) return ok(`ID tokens are accepted with ${accepted.join(", ")}`);
  return fault(
    `ID tokens are signed with ${advertised.join(", ")}, which is not accepted unpinned`,
    `Have the provider sign with RS256 or ES256, or pin an HMAC by ${variable}.`,
  );
}

async function checkPublished(metadata: ProviderMetadata): Promise<readonly Finding[]> {
  const advice = `Open ${metadata.jwks_uri} from this machine.`;
  try {
    const response = await boundedFetch(metadata.jwks_uri, { headers: { accept: "application/json" } });
    const parsed = jwksSchema.safeParse(response.status === 200 ? await response.json() : null);
    const signing = parsed.data?.keys.filter(({ use }) => use !== "enc").length ?? 0;
    if (signing === 0)
      return [fault(`the JWKS holds no key for signatures (status ${String(response.status)})`, advice)];
    return [ok(`the JWKS holds ${String(signing)} key(s) for signatures`), ...checkClock(response)];
  } catch (error) {
    if (error instanceof OutboundError) return [fault(error.message, advice)];
    if (error instanceof SyntaxError) return [fault("the JWKS is not JSON", advice)];
    throw error;
  }
}

function checkClock(response: Response): readonly Finding[] {
  const theirs = Date.parse(response.headers.get("date") ?? "");
  const seconds = Math.round(Math.abs(Date.now() - theirs) / 1000);
  if (!(seconds > clockToleranceSeconds)) return [];
  return [
    fault(
      `the provider's clock differs from this one by ${String(seconds)} seconds`,
      `Set this machine's clock: up to ${String(clockToleranceSeconds)} seconds are allowed for.`,
    ),
  ];
}
