import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { NextRequest } from "next/server";
import { afterAll, describe, expect, it } from "vitest";
import { GET } from "@/app/api/messages/[kind]/route";
import { mintAccessToken } from "@/lib/domain/issuer/mint-access-token";
import { localPerson } from "@/lib/domain/tokens/testing/people";
import { configure, configured } from "@/lib/test-environment";

const own = configured("AUTH_URL");
let answer: (response: ServerResponse) => void;
const api = createServer((_, response) => {
  answer(response);
});
await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
configure({ API_SERVER_URL: `http://127.0.0.1:${String((api.address() as AddressInfo).port)}` });

afterAll(() => {
  api.closeAllConnections();
  api.close();
});

async function read(kind: string) {
  const ctx = await localPerson();
  const { token } = await mintAccessToken(ctx, { viewer: ctx.actor.viewer, audience: own });
  const request = new NextRequest(`${own}/api/messages/${kind}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const response = await GET(request, { params: Promise.resolve({ kind }) });
  expect(response.headers.get("cache-control")).toBe("no-store");
  return { status: response.status, headers: response.headers, body: (await response.json()) as unknown };
}

const stepUp = 'Bearer error="insufficient_user_authentication", acr_values="urn:gold", max_age="60"';

describe("GET /api/messages/{kind}", () => {
  it.each<[string, typeof answer, number, string]>([
    ["a refusal", (response) => response.writeHead(403).end(), 403, "denied"],
    ["an API that does not know it", (response) => response.writeHead(404).end(), 404, "not_found"],
    ["an answer that is no message", (response) => response.writeHead(200).end("<p>"), 502, "broken"],
    ["an API that fails", (response) => response.writeHead(500).end(), 502, "broken"],
    ["an API that is gone", (response) => response.destroy(), 503, "unreachable"],
    [
      "an API that wants a stronger sign-in",
      (response) => response.writeHead(401, { "www-authenticate": stepUp }).end(),
      401,
      "step_up",
    ],
  ])("%s", async (_, given, status, error) => {
    answer = given;
    const result = await read("admin");
    expect(result).toMatchObject({ status, body: { data: null, error } });
    if (status === 503) expect(result.headers.get("retry-after")).toBe("5");
    if (status === 403)
      expect(result.headers.get("www-authenticate")).toContain('scope="read:admin-messages"');
    if (error === "step_up")
      expect(result.headers.get("www-authenticate")).toBe(
        `Bearer realm="gatehouse", ${stepUp.slice("Bearer ".length)}`,
      );
  });

  it("gives the text alone", async () => {
    answer = (response) => response.writeHead(200).end(JSON.stringify({ text: "hello", more: 1 }));
    expect(await read("protected")).toMatchObject({ status: 200, body: { text: "hello" } });
    expect((await read("protected")).body).toEqual({ text: "hello" });
  });

  it("knows three kinds", async () => {
    expect(await read("secret")).toMatchObject({ status: 404, body: { error: "not_found" } });
    expect(await read("..%2f..%2fadmin")).toMatchObject({ status: 404 });
  });
});
