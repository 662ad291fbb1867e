import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { migrate } from "../../../dev/app/database";
import { signedInVisitor } from "../../attacks/support/oidc";
import { ownDatabase, type Rows } from "../../attacks/support/rows";
import type { Visitor } from "../../attacks/support/visitor";
import { startTogether } from "../../fixtures/start-together";
import type { RunningWorld } from "../../fixtures/world";
import { peerEnvironment } from "../../peers/environment";
import { startPeerApi, type PeerApi } from "../../peers/messages-api";
import type { Scenario } from "../../peers/provider/scenario";
import { startPeerProvider, type PeerProvider } from "../../peers/provider/start";
import { startBalancer, type Balancer } from "./balancer";
import { startGate, type Gate } from "./gate";
import { startInstances, type Instances } from "./instances";

/** Two processes on a database of their own, among peers that do what they are told. */
export interface PeerPair {
  /** Address of the application: the balancer. */
  readonly url: string;
  readonly balancer: Balancer;
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

/** @param more over the application's variables */
export async function startPeerPair(
  world: RunningWorld,
  more: Readonly<Record<string, string>> = {},
): Promise<PeerPair> {
  return startTogether(async (onClose) => {
    const balancer = await startBalancer();
    onClose(balancer.close);
    const { url } = balancer;
    const secret = randomBytes(24).toString("base64url");
    const client = { id: "gatehouse", secret, redirectUri: `${url}/api/auth/callback/oidc` };
    const peer = await startPeerProvider(client);
    onClose(() => peer.close());
    const gate = await startGate(`${peer.issuer}/token`);
    onClose(gate.close);
    const api = await startPeerApi();
    onClose(() => api.close());
    const database = await ownDatabase(world, "tokens");
    onClose(database.drop);
    const reset = () => {
      gate.reset();
      peer.reset();
      Object.assign(peer.behaviour, { metadata: { token_endpoint: gate.url } });
      api.answer = null;
      api.requests.length = 0;
    };
    reset();
    const env = { ...peerEnvironment(world, { url, database, peer, api }), ...more };
    await migrate({ ...env, DATABASE_URL: database.serverUrl });
    const instances = await startInstances(balancer, { env, logFolder: join(world.stateDir, "logs") });
    onClose(instances.stop);
    const signIn = (scenario?: Scenario) => signedInVisitor(url, peer, scenario);
    return { url, balancer, instances, peer, gate, api, signIn, reset, rows: database.rows };
  });
}
