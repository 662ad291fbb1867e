import type { RunningWorld } from "../fixtures/world";
import type { PeerApi } from "./messages-api";
import type { PeerProvider } from "./provider/start";

/** Where an application runs, and with whom. */
interface Surroundings {
  /** Its own address. */
  readonly url: string;
  readonly database: { readonly url: string };
  readonly peer: PeerProvider;
  readonly api: PeerApi;
}

/** The world's variables, for an application on a database of its own among peers. */
export function peerEnvironment(
  world: RunningWorld,
  { url, database, peer, api }: Surroundings,
): Record<string, string> {
  return {
    ...world.env,
    AUTH_URL: url,
    DATABASE_URL: database.url,
    OIDC_ISSUER: peer.issuer,
    OIDC_CLIENT_ID: peer.client.id,
    OIDC_CLIENT_SECRET: peer.client.secret,
    OIDC_NAME: "Peer",
    API_SERVER_URL: api.url,
  };
}
