import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, jwtVerify, SignJWT, type JWK } from "jose";
import { afterEach, describe, expect, it, vi } from "vitest";
import { providerKeys } from "./provider-keys";

let server: Server | undefined;

/** A JWKS that publishes what `keys` holds at the time, and counts how often it is asked. */
async function publish(keys: JWK[]): Promise<{ readonly uri: string; readonly asked: () => number }> {
  let count = 0;
  const started = createServer((_, response) => {
    count += 1;
    response.setHeader("content-type", "application/json").end(JSON.stringify({ keys }));
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  const { port } = started.address() as AddressInfo;
  return { uri: `http://127.0.0.1:${String(port)}/jwks`, asked: () => count };
}

async function makeKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: "ES256" };
  const sign = () => new SignJWT({}).setProtectedHeader({ alg: "ES256", kid }).sign(privateKey);
  return { jwk, sign };
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
});
