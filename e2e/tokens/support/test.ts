import { test as base } from "../../fixtures";
import { startDemoPair, type DemoPair } from "./demo-pair";
import { startPeerPair, type PeerPair } from "./peer-pair";

interface Obedient {
  /** The {@link Pairs.peerPair}, whose peers behave when the test begins and after it. */
  pair: PeerPair;
}

interface Pairs {
  /** Two processes with the development provider, shared by the tests of this worker. */
  demoPair: DemoPair;
  /** Two processes with programmable peers, shared by the tests of this worker. */
  peerPair: PeerPair;
}

/** A test on two processes of the application. Tests of one file take turns, so that peers obey one at a time. */
export const test = base.extend<Obedient, Pairs>({
  demoPair: [
    async ({ world }, use) => {
      const pair = await startDemoPair(world);
      await use(pair);
      await pair.close();
    },
    { scope: "worker", timeout: 90_000 },
  ],

  peerPair: [
    async ({ world }, use) => {
      const pair = await startPeerPair(world);
      await use(pair);
      await pair.close();
    },
    { scope: "worker", timeout: 90_000 },
  ],

  pair: [
    async ({ peerPair }, use) => {
      peerPair.reset();
      await use(peerPair);
      peerPair.reset();
    },
    { scope: "test" },
  ],
});

export { expect } from "@playwright/test";
export { proves } from "../../fixtures";
