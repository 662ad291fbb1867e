import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { migrate } from "../../../dev/app/database";
import { signedInVisitor } from "../../attacks/support/oidc";
import type { Rows } from "../../attacks/support/rows";
import type { Visitor } from "../../attacks/support/visitor";
import type { RunningWorld } from "../../fixtures/world";
import { startPeerApi, type PeerApi } from "../../peers/messages-api";
import type { Scenario } from "../../peers/provider/scenario";
import { startPeerProvider, type PeerProvider } from "../../peers/provider/start";
import { startBalancer } from "./balancer";
import { ownDatabase } from "./database";
import { startGate, type Gate } from "./gate";
import { startInstances, type Instances } from "./instances";

/** Two processes on a database of their own, among peers that do what they are told. */
export interface PeerPair {
  /** Address of the application: the balancer. */
  readonly url: string;
  readonly instances: Instances;
  readonly peer: PeerProvider;
  readonly gate: Gate;
  readonly api: PeerApi;
  readonly rows: Rows;
  /** Somebody new, signed in at the peer. */
  signIn(scenario?: Scenario): Promise<Visitor>;
  /** Everybody behaves again. */
  readonly reset: () => void;
  close(): Promise<void>;
}

export async function startPeerPair(world: RunningWorld): Promise<PeerPair> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const balancer = await startBalancer();
    closing.push(balancer.close);
    const { url } = balancer;
    const secret = randomBytes(24).toString("base64url");
    const client = { id: "gatehouse", secret, redirectUri: `${url}/api/auth/callback/oidc` };
    const peer = await startPeerProvider(client);
    closing.push(() => peer.close());
    const gate = await startGate(`${peer.issuer}/token`);
    closing.push(gate.close);
    const api = await startPeerApi();
    closing.push(() => api.close());
    const database = await ownDatabase(world.urls.database);
    closing.push(database.drop);
    const reset = () => {
      gate.reset();
      peer.reset();
      Object.assign(peer.behaviour, { metadata: { token_endpoint: gate.url } });
      api.answer = null;
      api.requests.length = 0;
    };
    reset();
    const env = {
      ...world.env,
      AUTH_URL: url,
      DATABASE_URL: database.url,
      OIDC_ISSUER: peer.issuer,
      OIDC_CLIENT_ID: client.id,
      OIDC_CLIENT_SECRET: client.secret,
      OIDC_NAME: "Peer",
      API_SERVER_URL: api.url,
    };
    await migrate(env);
    const instances = await startInstances(balancer, { env, logFolder: join(world.stateDir, "logs") });
    closing.push(instances.stop);
    const signIn = (scenario?: Scenario) => signedInVisitor(url, peer, scenario);
    return { ...{ url, instances, peer, gate, api, signIn, reset, close }, rows: database.rows };
  } catch (error) {
    await close();
    throw error;
  }
}
