import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { PersonContext } from "@/lib/domain/context";
import { configure } from "@/lib/test-environment";

const endpoint = await vi.hoisted(async () => (await import("./testing/environment")).configuredEndpoint());

const key = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const [first, second, third] = [key("k1"), key("k2"), key("k3")];

/** What an instance started with these keys reads. */
async function instanceWith(keys: string) {
  configure({ TOKEN_ENCRYPTION_KEYS: keys });
  vi.resetModules();
  const { getAccessToken } = await import("./get-access-token");
  const { resealTokens } = await import("./reseal-tokens");
  const people = await import("./testing/people");
  const { database } = await import("@/db/client");
  const { mailOutbox, pendingIdentities, providerTokens, signingKeys } = await import("@/db/schema");
  const { openTokens, sealTokens } = await import("@/lib/domain/linking/pending-tokens");
  const { currentSigningKey } = await import("@/lib/domain/issuer/signing-keys");
  return {
    read: async (ctx: PersonContext) => {
      const result = await getAccessToken(ctx);
      return result.ok ? result.value.token : result.error.code;
    },
    reseal: () => resealTokens(database()),
    sealedUnder: async (ctx: PersonContext) => {
      const { accessTokenSealed, refreshTokenSealed } = await people.grantRow(ctx);
      return [accessTokenSealed, refreshTokenSealed].map((sealed) => sealed?.split(".")[1]);
    },
    expire: (ctx: PersonContext) => people.setRemaining(ctx, -1),
    forget: async () => {
      await database().delete(providerTokens);
      await database().delete(mailOutbox);
      await database().delete(signingKeys);
      await database().delete(pendingIdentities);
    },
    /** An identity of another provider waits for this person to confirm it. */
    letWait: async ({ actor }: PersonContext) => {
      const owner = { userId: actor.viewer.userId, issuer: "https://idp.example", subject: randomUUID() };
      const sealed = sealTokens(owner, { accessToken: "waiting" });
      await database()
        .insert(pendingIdentities)
        .values({
          ...{ ...owner, provider: "oidc", claims: {}, tokensSealed: sealed },
          ...{ tokenDigest: randomBytes(32), expiresAt: new Date(Date.now() + 60_000) },
        });
    },
    readWaiting: async () => {
      const [row] = await database().select().from(pendingIdentities);
      return row && { tokens: openTokens(row, row.tokensSealed), key: row.tokensSealed.split(".")[1] };
    },
    signingKid: async () => (await currentSigningKey(new Date())).kid,
  };
}

beforeEach(() => {
  endpoint.reset();
});
afterAll(() => endpoint.stop());

describe("TOKEN_ENCRYPTION_KEYS", () => {
  it("rotate without a lost grant: add the key last, put it first, reseal, take the old one out", async () => {
    await (await instanceWith(first)).forget();
    const ctx = await freshPerson();
    const before = await (await instanceWith(first)).read(ctx);
    const kid = await (await instanceWith(first)).signingKid();

    const added = await instanceWith(`${first},${second}`);
    expect(await added.read(ctx)).toBe(before);

    const promoted = await instanceWith(`${second},${first}`);
    expect(await promoted.read(ctx)).toBe(before);
    expect(await promoted.sealedUnder(ctx)).toEqual(["k1", "k1"]);
    // An instance that still has the old order reads what the promoted one writes.
    expect(await promoted.reseal()).toEqual({ seen: 2, resealed: 2, unreadable: 0 });
    expect(await promoted.sealedUnder(ctx)).toEqual(["k2", "k2"]);
    expect(await (await instanceWith(`${first},${second}`)).read(ctx)).toBe(before);
    expect(await promoted.reseal()).toEqual({ seen: 2, resealed: 0, unreadable: 0 });

    const finished = await instanceWith(second);
    expect(await finished.read(ctx)).toBe(before);
    expect(await finished.signingKid()).toBe(kid);
  });

  it("rotate without a lost identity of those that wait to be connected", async () => {
    await (await instanceWith(first)).forget();
    const ctx = await freshPerson();
    await (await instanceWith(first)).letWait(ctx);
    const promoted = await instanceWith(`${second},${first}`);
    expect(await promoted.readWaiting()).toMatchObject({ key: "k1" });
    expect(await promoted.reseal()).toEqual({ seen: 2, resealed: 2, unreadable: 0 });
    expect(await (await instanceWith(second)).readWaiting()).toEqual({
      tokens: { accessToken: "waiting" },
      key: "k2",
    });
  });

  it("are taken up by a refresh even when the provider does not rotate", async () => {
    const ctx = await freshPerson();
    const promoted = await instanceWith(`${third},${second}`);
    await promoted.expire(ctx);
    endpoint.rotates = false;
    expect(await promoted.read(ctx)).toMatch(/^at-/);
    expect(await promoted.sealedUnder(ctx)).toEqual(["k3", "k3"]);
  });

  it("when lost: connect again, nobody crashes, and local accounts get a new signing key", async () => {
    const ctx = await freshPerson();
    const kid = await (await instanceWith(second)).signingKid();
    const lost = await instanceWith(key("k9"));
    expect(await lost.read(ctx)).toBe("reconnect");
    const renewed = await lost.signingKid();
    expect(renewed).not.toBe(kid);
    expect(await lost.reseal()).toMatchObject({ resealed: 0 });
  });
});

/** A person whose grant is sealed under the keys of the moment. */
async function freshPerson(): Promise<PersonContext> {
  const people = await import("./testing/people");
  return people.providerPerson(endpoint);
}
