import "server-only";
import { decodeJwt } from "jose";
import { z } from "zod";
import { clientRequest } from "./client-request";
import type { ProviderMetadata } from "./metadata";
import type { ProviderConfig } from "./provider-config";
import { ProviderError } from "./provider-error";
import { tokenShape } from "./token-shape";
import { verifyIdToken } from "./verify-id-token";
import type { GrantTokens } from "@/lib/domain/tokens/store-grant";
import { OutboundError } from "@/lib/platform/http/bounded-fetch";

const token = z.string().regex(tokenShape);

// Lenient in all but the access token: an answer that is refused takes a rotated refresh token with it.
const answerSchema = z.object({
  access_token: token,
  token_type: z
    .string()
    .regex(/^bearer$/i)
    .optional(),
  refresh_token: token.optional().catch(undefined),
  id_token: token.optional().catch(undefined),
  scope: z.string().max(4_096).optional().catch(undefined),
  expires_in: z.unknown().optional(),
});

const errorSchema = z.object({ error: z.string() });

/** How a refresh ended. `refused` is for good; `transient` may pass, and `reason` is for the log. */
export type RefreshOutcome =
  | { readonly kind: "refreshed"; readonly tokens: GrantTokens }
  | { readonly kind: "refused"; readonly reason: "invalid_grant" | "identity_changed" }
  | { readonly kind: "transient"; readonly reason: string };

interface Input {
  readonly refreshToken: string;
  /** Whom the grant belongs to; a refreshed ID token must say the same (OpenID Connect Core 12.2). */
  readonly subject: string;
  readonly timeoutMilliseconds?: number | undefined;
}

/** Asks the provider for a new access token (RFC 6749 section 6), once. Expected failures are returned. */
export async function refreshGrant(
  provider: ProviderConfig,
  metadata: ProviderMetadata,
  { refreshToken, subject, timeoutMilliseconds }: Input,
): Promise<RefreshOutcome> {
  try {
    const parameters = {
      grant_type: "refresh_token",
      refresh_token: refreshToken,
      ...(provider.resource !== undefined && { resource: provider.resource }),
    };
    const response = await clientRequest(
      provider,
      metadata,
      metadata.token_endpoint,
      parameters,
      timeoutMilliseconds,
    );
    const body = parseJson(await response.text());
    if (response.status !== 200) return refusal(response.status, body);
    const answer = answerSchema.safeParse(body);
    if (!answer.success) return { kind: "transient", reason: "the answer is not a token response" };
    const { access_token: accessToken, refresh_token, id_token, scope, expires_in } = answer.data;
    const idToken =
      id_token === undefined
        ? "absent"
        : await checkIdToken(provider, metadata, id_token, accessToken, subject);
    if (idToken === "refused") return { kind: "refused", reason: "identity_changed" };
    return {
      kind: "refreshed",
      tokens: {
        accessToken,
        refreshToken: refresh_token,
        idToken: idToken === "verified" ? id_token : undefined,
        scope,
        expiresInSeconds: expires_in,
      },
    };
  } catch (error) {
    if (error instanceof OutboundError || error instanceof ProviderError)
      return { kind: "transient", reason: error.code };
    throw error;
  }
}

/** RFC 6749 section 5.2. Some providers answer 401 or 403 where the section says 400. */
function refusal(status: number, body: unknown): RefreshOutcome {
  const parsed = errorSchema.safeParse(body);
  const code = parsed.success ? parsed.data.error.slice(0, 64) : "no error code";
  return status < 500 && code === "invalid_grant"
    ? { kind: "refused", reason: "invalid_grant" }
    : { kind: "transient", reason: `status ${String(status)}, ${code}` };
}

/**
 * `absent` when the provider's keys cannot be had in time: a refresh need not bring an ID token at all, so one that
 * cannot be checked counts for nothing, and the grant is not lost over it. Its claims are compared all the same.
 */
async function checkIdToken(
  provider: ProviderConfig,
  metadata: ProviderMetadata,
  idToken: string,
  accessToken: string,
  subject: string,
): Promise<"verified" | "absent" | "refused"> {
  try {
    const claims = await withinKeyDeadline(verifyIdToken(provider, metadata, idToken, accessToken));
    return claims.sub === subject ? "verified" : "refused";
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.code === "id_token_invalid" || error.code === "provider_answer_invalid") return "refused";
    const claims = decodeJwt(idToken);
    return claims.iss === provider.issuer && claims.sub === subject ? "absent" : "refused";
  }
}

const keyDeadlineMilliseconds = 2_000;

/** Below what remains of the row lock's timeout once the token endpoint has used its own deadline. */
async function withinKeyDeadline<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ProviderError("provider_timeout", "the keys did not come in time"));
    }, keyDeadlineMilliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
