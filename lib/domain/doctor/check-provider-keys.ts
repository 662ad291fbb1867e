import "server-only";
import { z } from "zod";
import { outbound } from "./bounds";
import { clockAhead, judgeClock } from "./check-clock";
import { count, failed, ok } from "./finding";
import type { ProviderMetadata } from "@/lib/domain/oidc/metadata";
import type { ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { acceptedAlgorithms } from "@/lib/domain/oidc/verify-id-token";
import { variableOf } from "@/lib/env-provider-names";
import { boundedFetch, OutboundError } from "@/lib/platform/http/bounded-fetch";
import type { Finding } from "@/lib/shared/diagnosis";

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
  const check = "algorithms";
  const advertised = metadata.id_token_signing_alg_values_supported ?? ["RS256"];
  const accepted = acceptedAlgorithms(provider, advertised);
  const variable = variableOf(provider.id, "ID_TOKEN_ALG");
  if (provider.idTokenAlgorithm !== undefined && !advertised.includes(provider.idTokenAlgorithm))
    return failed(
      check,
      `${variable} pins ${provider.idTokenAlgorithm}, the provider signs with ${advertised.join(", ")}`,
      `Take ${variable} out, or have the provider sign with that.`,
    );
  if (accepted.length > 0) return ok(check, `ID tokens are accepted with ${accepted.join(", ")}`);
  return failed(
    check,
    `ID tokens are signed with ${advertised.join(", ")}, which is not accepted unpinned`,
    `Have the provider sign with RS256 or ES256, or pin an HMAC by ${variable}.`,
  );
}

async function checkPublished(metadata: ProviderMetadata): Promise<readonly Finding[]> {
  const check = "jwks";
  const fix = `Open ${metadata.jwks_uri} from this machine.`;
  try {
    const headers = { accept: "application/json" };
    const response = await boundedFetch(metadata.jwks_uri, { headers }, outbound);
    const ahead = clockAhead(response, new Date());
    const parsed = jwksSchema.safeParse(response.status === 200 ? await response.json() : null);
    const signing = parsed.data?.keys.filter(({ use }) => use !== "enc").length ?? 0;
    if (signing === 0)
      return [failed(check, `the JWKS holds no key for signatures (status ${String(response.status)})`, fix)];
    return [
      ok(check, `the JWKS holds ${count(signing, "key")} for signatures`),
      ...(ahead === null ? [] : [judgeClock("the provider's", ahead)]),
    ];
  } catch (error) {
    if (error instanceof OutboundError) return [failed(check, error.message, fix)];
    if (error instanceof SyntaxError) return [failed(check, "the JWKS is not JSON", fix)];
    throw error;
  }
}
