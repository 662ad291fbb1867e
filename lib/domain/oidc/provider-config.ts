import "server-only";
import { environment } from "@/lib/env";
import type { ProviderSettings } from "@/lib/env-providers";

/** An OpenID provider as configured. */
export type ProviderConfig = ProviderSettings;

/** The configured providers, in the order of the buttons on the sign-in page. */
export function providerConfigs(): readonly ProviderConfig[] {
  return environment().providers;
}

export function findProviderConfig(id: string): ProviderConfig | null {
  return providerConfigs().find((provider) => provider.id === id) ?? null;
}

/** The provider that something stored came from; not one that has taken over its id in the configuration. */
export function findProviderOf(stored: { provider: string; issuer: string }): ProviderConfig | null {
  const provider = findProviderConfig(stored.provider);
  return provider?.issuer === stored.issuer ? provider : null;
}

/** The provider's display name; its id when it is configured no longer. */
export function providerName(id: string): string {
  return findProviderConfig(id)?.name ?? id;
}
