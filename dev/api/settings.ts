/** An issuer whose access tokens the messages API takes. */
export interface TrustedIssuer {
  readonly issuer: string;
  /** Found by discovery when absent. */
  readonly jwksUri?: string;
}

/** What the messages API needs to know. */
export interface ApiSettings {
  readonly port: number;
  readonly audience: string;
  readonly issuers: readonly TrustedIssuer[];
}
