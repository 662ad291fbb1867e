import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, jwtVerify, SignJWT, type JWK } from "jose";
import { afterEach, describe, expect, it, vi } from "vitest";
import { providerKeys } from "./provider-keys";

let server: Server | undefined;

/** A JWKS that publishes what `keys` holds at the time, with the status of the moment, and counts how often it is asked. */
async function publish(keys: JWK[]) {
  let count = 0;
  const answer = { status: 200 };
  const started = createServer((_, response) => {
    count += 1;
    response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify({ keys }));
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  const { port } = started.address() as AddressInfo;
  return { uri: `http://127.0.0.1:${String(port)}/jwks`, answer, asked: () => count };
}

async function makeKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: "ES256" };
  const sign = () => new SignJWT({}).setProtectedHeader({ alg: "ES256", kid }).sign(privateKey);
  return { jwk, privateKey, sign };
}

afterEach(() => {
  vi.useRealTimers();
  server?.closeAllConnections();
  server?.close();
});

describe("the keys of a provider (OpenID Connect Core 10.1.1)", () => {
  it("are asked for again at once for a new key, then not for five seconds, then again", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const [first, second, third] = await Promise.all(["1", "2", "3"].map(makeKey));
    const published = [first!.jwk];
    const { uri, asked } = await publish(published);
    const verify = async (key: typeof first) => jwtVerify(await key!.sign(), providerKeys(uri));

    await verify(first);
    await verify(first);
    expect(asked()).toBe(1);
    published.push(second!.jwk);
    await verify(second);
    expect(asked()).toBe(2);

    published.push(third!.jwk);
    const flood = await Promise.allSettled(Array.from({ length: 5 }, () => verify(third)));
    expect(new Set(flood.map(({ status }) => status))).toEqual(new Set(["rejected"]));
    expect(asked()).toBe(2);
    vi.setSystemTime(Date.now() + 5_001);
    await Promise.all(Array.from({ length: 5 }, () => verify(third)));
    expect(asked()).toBe(3);
  });

  it("are asked for again once they are ten minutes old", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const key = await makeKey("1");
    const { uri, asked } = await publish([key.jwk]);
    await jwtVerify(await key.sign(), providerKeys(uri));
    vi.setSystemTime(Date.now() + 10 * 60_000 + 1);
    await jwtVerify(await key.sign(), providerKeys(uri));
    expect(asked()).toBe(2);
  });

  describe("while they cannot be fetched", () => {
    const minute = 60_000;
    const later = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);

    async function known() {
      vi.useFakeTimers({ toFake: ["Date"] });
      const key = await makeKey("1");
      const keys = [key.jwk];
      const jwks = await publish(keys);
      const verify = async (token: string) => jwtVerify(token, providerKeys(jwks.uri));
      await verify(await key.sign());
      return { ...jwks, key, keys, verify };
    }

    it("serve on for a day, and are asked for again every half a minute", async () => {
      const { key, answer, asked, verify } = await known();
      answer.status = 503;
      later(11 * minute);
      await Promise.all(Array.from({ length: 5 }, async () => verify(await key.sign())));
      await verify(await key.sign());
      expect(asked()).toBe(2);
      later(30_001);
      await verify(await key.sign());
      expect(asked()).toBe(3);
      answer.status = 200;
      later(30_001);
      await verify(await key.sign());
      await verify(await key.sign());
      expect(asked()).toBe(4);

      answer.status = 503;
      later(24 * 60 * minute - 1);
      await verify(await key.sign());
      later(2);
      await expect(verify(await key.sign())).rejects.toMatchObject({ code: "provider_unavailable" });
    });

    it("do so for a key that was among them alone: any other is asked for, and refused", async () => {
      const { key, answer, asked, verify } = await known();
      const unknown = await makeKey("2");
      const nameless = await new SignJWT({}).setProtectedHeader({ alg: "ES256" }).sign(key.privateKey);
      answer.status = 503;
      later(11 * minute);
      await verify(await key.sign());
      expect(asked()).toBe(2);
      for (const token of [await unknown.sign(), nameless])
        await expect(verify(token)).rejects.toMatchObject({ code: "provider_unavailable" });
      expect(asked()).toBe(4);
    });

    it.each([404, 200])("end when the answer is a %i without them", async (status) => {
      const { key, keys, answer, verify } = await known();
      answer.status = status;
      keys.pop();
      later(11 * minute);
      await expect(verify(await key.sign())).rejects.toThrow();
    });
  });
});
