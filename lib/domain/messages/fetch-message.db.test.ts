import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { decodeJwt } from "jose";
import { fetchMessage } from "./fetch-message";
import {
  grantRow,
  localPerson,
  providerPerson,
  setRemaining,
  visitorContext,
} from "@/lib/domain/tokens/testing/people";
import { openGrant } from "@/lib/domain/tokens/grant";
import { json } from "@/lib/domain/tokens/testing/token-endpoint";
import { configure } from "@/lib/test-environment";

const endpoint = await vi.hoisted(async () =>
  (await import("@/lib/domain/tokens/testing/environment")).configuredEndpoint(),
);

const seen: { url: string | undefined; token: string | undefined; requestId: unknown }[] = [];
let answer: (response: ServerResponse, request: IncomingMessage) => void;

const api = createServer((request, response) => {
  const token = request.headers.authorization?.replace("Bearer ", "");
  seen.push({ url: request.url, token, requestId: request.headers["x-request-id"] });
  answer(response, request);
});
await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${String((api.address() as AddressInfo).port)}`;
configure({ API_SERVER_URL: origin });

beforeEach(() => {
  endpoint.reset();
  seen.length = 0;
  answer = (response) => {
    json(response, 200, { text: "hello", secret: "not for us" });
  };
});
afterAll(async () => {
  api.closeAllConnections();
  api.close();
  await endpoint.stop();
});

const refuse =
  (error: string, status = 401) =>
  (response: ServerResponse) => {
    response.writeHead(status, { "www-authenticate": `Bearer error="${error}"` }).end();
  };

describe("a message", () => {
  it("that is public is read without a token, by anybody", async () => {
    const ctx = await providerPerson(endpoint);
    expect(await fetchMessage(visitorContext(), { kind: "public" })).toEqual({
      ok: true,
      value: { text: "hello" },
    });
    expect(await fetchMessage(ctx, { kind: "public" })).toMatchObject({ ok: true });
    expect(seen.map(({ token }) => token)).toEqual([undefined, undefined]);
  });

  it("that is protected is refused to a visitor before the API is asked", async () => {
    for (const kind of ["protected", "admin"] as const)
      expect(await fetchMessage(visitorContext(), { kind })).toEqual({
        ok: false,
        error: { code: "unauthenticated" },
      });
    expect(seen).toEqual([]);
  });

  it("is asked for with the provider's token or with ours, and with the request's id", async () => {
    const provided = await providerPerson(endpoint);
    const local = await localPerson();
    await fetchMessage({ ...provided, requestId: "request-1" }, { kind: "protected" });
    await fetchMessage(local, { kind: "admin" });
    expect(seen[0]).toEqual({
      url: "/api/messages/protected",
      token: openGrant(await grantRow(provided)).accessToken,
      requestId: "request-1",
    });
    expect(decodeJwt(seen[1]?.token ?? "")).toMatchObject({
      sub: local.actor.viewer.userId,
      scope: "read:messages",
    });
  });
});

describe("a token that the API refuses although it looked valid", () => {
  it("is replaced once, for 40 readers with one refresh, and the message comes", async () => {
    const ctx = await providerPerson(endpoint);
    await setRemaining(ctx, 200);
    const stale = openGrant(await grantRow(ctx)).accessToken;
    answer = (response, request) => {
      if (request.headers.authorization === `Bearer ${String(stale)}`) refuse("invalid_token")(response);
      else json(response, 200, { text: "hello" });
    };
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => fetchMessage(ctx, { kind: "protected" })),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(endpoint).toMatchObject({ requests: 1, reuses: 0 });
  });

  it("asks to connect again when the next one is refused too, and does not hammer the provider", async () => {
    const ctx = await providerPerson(endpoint);
    await setRemaining(ctx, 200);
    answer = refuse("invalid_token");
    for (let visit = 0; visit < 5; visit += 1)
      expect(await fetchMessage(ctx, { kind: "protected" })).toEqual({
        ok: false,
        error: { code: "reconnect" },
      });
    expect(endpoint.requests).toBe(1);
  });

  it("is a fault in the set-up when it is one of ours", async () => {
    answer = refuse("invalid_token");
    expect(await fetchMessage(await localPerson(), { kind: "protected" })).toEqual({
      ok: false,
      error: { code: "broken" },
    });
    expect(seen).toHaveLength(1);
  });
});

describe("a failure", () => {
  it.each<[string, typeof answer, unknown]>([
    ["403", refuse("insufficient_scope", 403), { code: "denied", permission: "read:admin-messages" }],
    ["a stronger sign-in", refuse("insufficient_user_authentication"), { code: "step_up", stepUp: {} }],
    [
      "404",
      (response) => {
        json(response, 404, {});
      },
      { code: "not_found" },
    ],
    [
      "500",
      (response) => {
        json(response, 500, { text: "hello" });
      },
      { code: "broken" },
    ],
    [
      "HTML",
      (response) => response.writeHead(200, { "content-type": "text/html" }).end("<p>hello"),
      { code: "broken" },
    ],
    [
      "another shape",
      (response) => {
        json(response, 200, { text: 7 });
      },
      { code: "broken" },
    ],
    [
      "a text that is too long",
      (response) => {
        json(response, 200, { text: "x".repeat(10_001) });
      },
      { code: "broken" },
    ],
    [
      "more than 64 KB",
      (response) => {
        json(response, 200, { text: "hello", padding: "x".repeat(70_000) });
      },
      { code: "broken" },
    ],
    ["nothing", (response) => response.writeHead(204).end(), { code: "broken" }],
    ["a reset connection", (response) => response.destroy(), { code: "unreachable" }],
  ])("%s", async (_, given, error) => {
    answer = given;
    expect(await fetchMessage(await localPerson("admin"), { kind: "admin" })).toEqual({ ok: false, error });
  });

  it("redirect: the token goes to no other origin", async () => {
    let reached = 0;
    const elsewhere = createServer((_, response) => {
      reached += 1;
      json(response, 200, { text: "got you" });
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    const { port } = elsewhere.address() as AddressInfo;
    answer = (response) => response.writeHead(302, { location: `http://127.0.0.1:${String(port)}/` }).end();
    expect(await fetchMessage(await localPerson(), { kind: "protected" })).toEqual({
      ok: false,
      error: { code: "broken" },
    });
    expect(reached).toBe(0);
    elsewhere.close();
  });

  it("slow: let go after five seconds", { timeout: 10_000 }, async () => {
    answer = () => undefined;
    const started = performance.now();
    expect(await fetchMessage(await localPerson(), { kind: "protected" })).toEqual({
      ok: false,
      error: { code: "slow" },
    });
    expect(performance.now() - started).toBeLessThan(6_000);
  });

  it("provider gone and the token over", async () => {
    const ctx = await providerPerson(endpoint);
    await setRemaining(ctx, -1);
    endpoint.fault = (response) => response.writeHead(503).end();
    expect(await fetchMessage(ctx, { kind: "protected" })).toEqual({
      ok: false,
      error: { code: "provider_unavailable" },
    });
    expect(seen).toEqual([]);
  });
});
