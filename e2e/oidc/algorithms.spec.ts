import { expectAccepted, expectRefusal } from "../attacks/support/refusals";
import { conforms, refusal, signedIn } from "../conformance/conforms";
import { algorithms } from "../peers/provider/keys";
import { onOwnStage } from "./support/own-stage";

/** A provider that advertises every algorithm there is, and publishes a shared secret among its keys. */
const test = onOwnStage({
  prepare: ({ peer }) => {
    const all = [...algorithms, "none", "HS256", "HS384", "HS512"];
    const secret = {
      kty: "oct",
      kid: "shared",
      alg: "HS256",
      k: Buffer.from(peer.client.secret).toString("base64url"),
    };
    peer.behaviour.metadata = { id_token_signing_alg_values_supported: all };
    peer.behaviour.publishedKeys = (keys) => [...keys, secret];
  },
});
test.describe.configure({ mode: "default" });

for (const algorithm of algorithms)
  test(
    `an ID token signed with ${algorithm} signs in where that is advertised`,
    conforms({ expected: signedIn, asvs: ["11.2.2"] }),
    async ({ stage, visitor }) => {
      await expectAccepted(stage, visitor, { algorithm });
    },
  );

for (const [title, signing] of [
  ["none", "none"],
  ["HS256 and the public key", "hmac_with_public_key"],
  ["HS256 and the client's secret", "hmac_with_client_secret"],
] as const)
  test(
    `an ID token signed with ${title} signs nobody in, though that is advertised`,
    conforms({ expected: refusal("id_token_invalid"), asvs: ["9.1.2"] }),
    async ({ stage, visitor }) => {
      await expectRefusal(stage, visitor, { signing }, "id_token_invalid");
    },
  );
