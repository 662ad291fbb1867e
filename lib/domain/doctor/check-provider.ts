import "server-only";
import { z } from "zod";
import { outbound } from "./bounds";
import { checkClient } from "./check-client";
import { checkLogout, checkRequests, checkScreens } from "./check-metadata";
import { checkKeys } from "./check-provider-keys";
import { failed, ok } from "./finding";
import { discoveryUrl, fetchMetadata, type ProviderMetadata } from "@/lib/domain/oidc/metadata";
import type { ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { ProviderError } from "@/lib/domain/oidc/provider-error";
import { variableOf } from "@/lib/env-provider-names";
import type { Finding } from "@/lib/shared/diagnosis";

/** Asks a provider for its metadata and keys as they are now, and compares what it says with what is configured. */
export async function checkProvider(provider: ProviderConfig): Promise<readonly Finding[]> {
  try {
    const metadata = await fetchMetadata(provider, outbound);
    const [keys, client] = await Promise.all([
      checkKeys(provider, metadata),
      checkClient(provider, metadata),
    ]);
    return [
      ok("discovery", `discovery names this very issuer: ${metadata.issuer}`),
      ok("endpoints", endpoints(metadata)),
      ...keys,
      ...client,
      ...checkRequests(provider, metadata),
      ...checkScreens(provider, metadata),
      ...checkLogout(provider, metadata),
    ];
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return [undiscovered(provider, error)];
  }
}

function undiscovered({ id, issuer }: ProviderConfig, { code, message, cause }: ProviderError): Finding {
  const url = discoveryUrl(issuer);
  if (code !== "provider_answer_invalid")
    return failed(
      "discovery",
      message,
      `See that this machine reaches ${url}, by a proxy or a firewall as well.`,
    );
  const details = cause instanceof z.ZodError ? `: ${z.prettifyError(cause).replaceAll(/\s+/g, " ")}` : "";
  return failed(
    "discovery",
    `${message}${details} (${url})`,
    `Set ${variableOf(id, "ISSUER")} to the "issuer" of the provider's discovery document, character for character: a final slash counts.`,
  );
}

function endpoints(metadata: ProviderMetadata): string {
  const names = Object.keys(metadata).filter((name) => name.endsWith("_endpoint"));
  return `endpoints: ${names.map((name) => name.replace(/_endpoint$/, "").replaceAll("_", " ")).join(", ")}`;
}
