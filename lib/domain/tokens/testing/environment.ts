import { TokenEndpoint } from "./token-endpoint";
import { configure } from "@/lib/test-environment";

/** Starts a provider and points the configuration at it. Call it before anything reads the configuration. */
export async function configuredEndpoint(): Promise<TokenEndpoint> {
  const endpoint = await new TokenEndpoint().start();
  configure({
    OIDC_ISSUER: endpoint.issuer,
    OIDC_CLIENT_ID: endpoint.clientId,
    OIDC_CLIENT_SECRET: "client-secret",
    OIDC_SCOPES: "openid offline_access",
    API_AUDIENCE: "https://api.example.org",
  });
  return endpoint;
}
