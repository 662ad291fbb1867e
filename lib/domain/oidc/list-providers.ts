import "server-only";
import type { ProviderView } from "@/lib/shared/views";

export function listProviders(): readonly ProviderView[] {
  return [{ id: "oidc", name: "Demo ID", offersSignUp: true }];
}
