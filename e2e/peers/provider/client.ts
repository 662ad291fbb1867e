/** The one client that a peer knows. */
export interface PeerClient {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
  readonly authMethod: "client_secret_basic" | "client_secret_post";
}
