import "server-only";
import { providerConfigs } from "./provider-config";
import type { ProviderView } from "@/lib/shared/views";

/** The providers as buttons. */
export function listProviders(): readonly ProviderView[] {
  return providerConfigs().map(({ id, name, signUp }) => ({ id, name, offersSignUp: signUp !== null }));
}
