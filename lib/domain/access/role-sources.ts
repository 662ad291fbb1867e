import "server-only";
import { providerConfigs } from "@/lib/domain/oidc/provider-config";

/** Roles count that were granted here or are claimed by a provider that is still configured. */
export function roleSources(): string[] {
  return ["granted", ...providerConfigs().map(({ id }) => id)];
}
