/** The profile's "API access": what the application may ask the external API for in the person's name. */
export interface ApiAccessView {
  /** The API's origin. */
  readonly api: string;
  readonly audience: string;
  /** Who issues the access tokens: the provider by its display name, or this application. */
  readonly issuer: { readonly kind: "provider" | "gatehouse"; readonly name: string };
  /**
   * `ready`; `delayed` while the provider cannot renew it; `expired` when nothing renews it; `disconnected` when there is
   * none. After the last two the person must sign in again.
   */
  readonly state: "ready" | "delayed" | "expired" | "disconnected";
  readonly scopes: readonly string[];
  /** Null when the issuer did not say. */
  readonly expiresAt: Date | null;
  /** When the current token was obtained. */
  readonly renewedAt: Date | null;
  /** Whether "Renew now" and "Disconnect" have an effect. */
  readonly renewable: boolean;
  readonly disconnectable: boolean;
}
