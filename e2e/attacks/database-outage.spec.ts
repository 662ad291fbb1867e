import { gatedPages } from "./support/gated";
import { hiddenFields, submitAction } from "./support/forms";
import { approvedCallback, endOf, pressProviderButton, visitCallback } from "./support/oidc";
import { expectLogged } from "./support/refusals";
import { expect, proves, stranger, test } from "./support/test";
import { Visitor } from "./support/visitor";

test(
  "without the database nobody gets in, and it says so",
  proves("16.5.2", "16.5.3"),
  async ({ stage, member }) => {
    const callbackVisitor = member.copy();
    const ready = await approvedCallback(callbackVisitor, stage.peer);
    const { text } = await new Visitor(stage.url).get("/login");
    stage.database.cut();

    for (const path of gatedPages) {
      const answer = await member.get(path);
      expect(answer.text, path).not.toContain("Peer Person");
      expect(answer.status, path).toBe(503);
      expect(answer.text, path).toContain("We cannot reach our records right now");
      expect(answer.text, path).not.toMatch(/ECONN|localhost:\d+|at \w+ \(/);
      const reference = /Reference:.*?<code[^>]*>([\w-]+)</s.exec(answer.text)?.[1] ?? "";
      expect(reference, path).not.toBe("");
      await expect.poll(() => stage.entries(reference), { message: path, timeout: 5_000 }).not.toEqual([]);
    }
    for (const path of ["/api/me", "/api/messages/protected"]) {
      const answer = await member.get(path);
      expect(answer.status, path).toBe(503);
      expect(answer.headers.get("retry-after")).not.toBeNull();
      expect(JSON.parse(answer.text)).toMatchObject({ error: "temporarily_unavailable" });
    }
    // What needs no database is served as ever.
    for (const path of ["/", "/public", "/login", "/sign-up"])
      expect((await member.get(path)).status, path).toBe(200);
    expect((await pressProviderButton(new Visitor(stage.url))).status).toBe(200);

    const callback = await visitCallback(callbackVisitor, ready);
    expect(callback).toMatchObject({ kind: "refused", code: "temporarily_unavailable", status: 503 });
    await expectLogged(stage, callback);

    const visitor = new Visitor(stage.url);
    const credentials = { identifier: "ada", password: "a password for nobody" };
    const login = await visitor.postMultipart("/login", {
      ...hiddenFields(text, 'name="identifier"'),
      ...credentials,
    });
    expect(login.text).toContain("We cannot reach our records right now");
    const fields = { ...stranger(), name: "" };
    const signUp = await submitAction(visitor, "/sign-up", 'name="username"', fields);
    expect(signUp.text).toContain("We cannot reach our records right now");
    expect(visitor.sessionCookie).toBeUndefined();

    const out = await endOf(member, await member.post("/auth/sign-out", { scope: "here" }));
    expect(out).toMatchObject({ kind: "refused", code: "temporarily_unavailable", status: 503 });
  },
);

test(
  "when the database is back, so is everything, by itself",
  proves("16.5.2"),
  async ({ stage, member }) => {
    stage.database.cut();
    expect((await member.get("/api/me")).status).toBe(503);
    stage.database.restore();
    await expect
      .poll(async () => (await member.get("/api/me")).status, { intervals: [50], timeout: 5_000 })
      .toBe(200);
    expect((await member.get("/profile")).text).toContain("Peer Person");
  },
);

test(
  "a database that goes away in the middle of a sign-in leaves nothing half made",
  proves("2.3.3"),
  async ({ stage, visitor }) => {
    const before = await stage.rows.counts();
    const address = await approvedCallback(visitor, stage.peer, {
      beforeSigning: () => {
        stage.database.cut();
      },
    });
    const end = await visitCallback(visitor, address);
    expect(end).toMatchObject({ kind: "refused", code: "temporarily_unavailable", status: 503 });
    expect(visitor.sessionCookie).toBeUndefined();
    expect(await stage.rows.counts()).toEqual(before);
  },
);

test(
  "a database that swallows every question does not hang the pages",
  proves("13.1.3", "16.5.2"),
  async ({ stage, member }) => {
    stage.database.stall();
    const started = performance.now();
    const [me, page] = await Promise.all([member.get("/api/me"), member.get("/profile")]);
    expect(performance.now() - started).toBeLessThan(12_000);
    expect([me.status, page.status]).toEqual([503, 503]);
    stage.database.restore();
    await expect.poll(async () => (await member.get("/api/me")).status, { timeout: 5_000 }).toBe(200);
  },
);
