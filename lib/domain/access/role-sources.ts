import "server-only";
import { providerConfigs } from "@/lib/domain/oidc/provider-config";
import { environment } from "@/lib/env";

/**
 * Roles count that were granted here, are claimed by a provider that is still configured, or belong to an address that
 * still stands in ADMIN_EMAILS.
 */
export function roleSources(): string[] {
  return [...lastingSources(), ...providerConfigs().map(({ id }) => id)];
}

/** The sources that nobody but this site's own people takes away again. */
export function lastingSources(): string[] {
  return ["granted", ...environment().ADMIN_EMAILS.map(configurationSource)];
}

/** The source of the role that a person has because ADMIN_EMAILS names the address that they proved. */
export function configurationSource(email: string): string {
  return `configuration:${email}`;
}
