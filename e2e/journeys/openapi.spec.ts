import { randomUUID } from "node:crypto";
import { z } from "zod";
import { authenticate, bodyOf, sendJson } from "../attacks/support/api";
import { Visitor, type Answered } from "../attacks/support/visitor";
import { expect, newPerson, proves, test } from "../fixtures";

interface Described {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          { responses: Readonly<Record<string, { content: Record<string, { schema: unknown }> }>> }
        >
      >
    >
  >;
}

/** Nobody without the permission gets as far as the body. */
const administration = [
  ["get", "/api/users"],
  ["get", "/api/users/{id}"],
  ["patch", "/api/users/{id}"],
  ["delete", "/api/users/{id}"],
  ["post", "/api/users/invitations"],
] as const;

test(
  "what the API answers is what its document says",
  proves({ row: [20, 21, 22], asvs: ["4.1.1", "2.2.1", "8.1.2"] }),
  async ({ world }) => {
    const visitor = new Visitor(world.urls.app);
    const answered = await visitor.get("/api/openapi.json");
    const document = JSON.parse(answered.text) as Described;
    const seen = new Set<string>();

    const check = async (method: string, path: string, answer: Promise<Answered>, status: number) => {
      const { status: got, headers, text } = await answer;
      expect(got, `${method} ${path}: ${text}`).toBe(status);
      const described = document.paths[path]?.[method]?.responses[String(status)];
      expect(described, `${method} ${path} may answer ${String(status)}`).toBeDefined();
      expect(headers.get("content-type")).toMatch(/^application\/json\b/);
      const { schema } = described!.content["application/json"]!;
      const parsed = z
        .fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
        .safeParse(JSON.parse(text));
      expect(parsed.error?.issues ?? [], `${method} ${path} ${text}`).toEqual([]);
      seen.add(`${method} ${path}`);
    };

    const { username, email, password } = newPerson();
    const own = { origin: visitor.origin };
    const me = "/api/users/me";
    const credentials = { uid: username, password };
    await check("get", "/api/openapi.json", visitor.get("/api/openapi.json"), 200);
    await check("post", "/api/users", sendJson(visitor, "/api/users", { username }), 422);
    await check("post", "/api/users", sendJson(visitor, "/api/users", "["), 400);
    await check(
      "post",
      "/api/users",
      sendJson(visitor, "/api/users", "{}", { "content-type": "text/plain" }),
      415,
    );
    await check("post", "/api/users", sendJson(visitor, "/api/users", { username, email, password }), 201);
    await check("post", "/api/users", sendJson(visitor, "/api/users", { username, email, password }), 409);
    await check("post", "/api/authenticate", authenticate(visitor, { ...credentials, password: "x" }), 401);
    await check("get", me, visitor.get(me), 401);
    await check("post", "/api/authenticate", authenticate(visitor, credentials), 200);
    await check(
      "post",
      "/api/users",
      sendJson(visitor, "/api/users", { username, email, password }, own),
      403,
    );
    for (const [method, path] of administration) {
      const address = path.replace("{id}", randomUUID());
      const body = method === "patch" || method === "post" ? {} : undefined;
      const asked =
        body === undefined
          ? visitor.send(address, { method: method.toUpperCase(), headers: own })
          : sendJson(visitor, address, body, own, method.toUpperCase());
      await check(method, path, asked, 403);
    }
    await check("get", "/api/me", visitor.get("/api/me"), 200);
    await check("get", me, visitor.get(me), 200);
    await check("patch", me, sendJson(visitor, me, { name: "Mary" }, own, "PATCH"), 200);
    await check("patch", me, sendJson(visitor, me, { role: "admin" }, own, "PATCH"), 422);
    await check("patch", me, sendJson(visitor, me, { name: "Mary" }, {}, "PATCH"), 403);
    await check("post", "/api/session", visitor.send("/api/session", { method: "POST", headers: own }), 200);
    for (const [kind, status] of [
      ["public", 200],
      ["protected", 200],
      ["admin", 403],
      ["none", 404],
    ] as const)
      await check("get", "/api/messages/{kind}", visitor.get(`/api/messages/${kind}`), status);

    const script = new Visitor(world.urls.app);
    const tokens = authenticate(script, { ...credentials, token: true });
    await check("post", "/api/authenticate", tokens, 200);
    const refresh = sendJson(script, "/api/token/refresh", bodyOf(await tokens).data);
    await check("post", "/api/token/refresh", refresh, 200);
    const spent = sendJson(script, "/api/token/refresh", bodyOf(await tokens).data);
    await check("post", "/api/token/refresh", spent, 401);
    const token = bodyOf(await refresh).data?.["refresh_token"];
    await check("post", "/api/token/revoke", sendJson(script, "/api/token/revoke", { token }), 200);
    await check("post", "/api/token/revoke", sendJson(script, "/api/token/revoke", {}), 422);
    await check("delete", me, visitor.send(me, { method: "DELETE", headers: own }), 202);

    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect([...seen].sort()).toEqual(described.sort());
  },
);
