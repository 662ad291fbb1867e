import { approvedCallback, visitCallback } from "../attacks/support/oidc";
import { startStage } from "../attacks/support/stage";
import { proves } from "../attacks/support/test";
import { Visitor } from "../attacks/support/visitor";
import { expect, test } from "../fixtures";
import { startPeerProvider } from "../peers/provider/start";

test(
  "an answer that is carried to another provider's callback is refused, and that provider is shown no code (mix-up)",
  proves("10.2.2"),
  async ({ world }) => {
    const client = { id: "gatehouse", secret: "an evil provider's", redirectUri: "http://localhost/never" };
    const evil = await startPeerProvider(client);
    // What does not promise to name itself needs not to.
    evil.behaviour.metadata = { authorization_response_iss_parameter_supported: undefined };
    const stage = await startStage(world, {
      env: {
        ...{ OIDC_PROVIDERS: "oidc,evil", OIDC_EVIL_ISSUER: evil.issuer, OIDC_EVIL_NAME: "Evil ID" },
        ...{ OIDC_EVIL_CLIENT_ID: client.id, OIDC_EVIL_CLIENT_SECRET: client.secret },
      },
    });
    try {
      for (const iss of [undefined, stage.peer.issuer, evil.issuer]) {
        const visitor = new Visitor(stage.url);
        const callback = await approvedCallback(visitor, stage.peer, { response: { iss } });
        const moved = callback.replace("/callback/oidc", "/callback/evil");
        expect(moved).not.toBe(callback);
        expect(await visitCallback(visitor, moved)).toMatchObject({
          kind: "refused",
          code: "transaction_lost",
        });
        expect(visitor.sessionCookie).toBeUndefined();
      }
      expect(evil.requests.map(({ endpoint }) => endpoint)).not.toContain("token");
      expect((await stage.rows.counts()).sessions).toBe(0);
    } finally {
      await stage.close();
      await evil.close();
    }
  },
);
