import { signOut } from "./support/forms";
import { expect, proves, test } from "./support/test";
import { Visitor } from "./support/visitor";

for (const path of ["/protected", "/api/messages/protected"])
  test(
    `an answer of ${path} that was under way while its session ended does not bring it back`,
    proves("7.4.1"),
    async ({ stage, member }) => {
      const { data } = JSON.parse((await member.get("/api/me")).text) as { data: { userId: string } };
      stage.api.answer = "hang";
      const asked = stage.api.requests.length;
      const tab = member.copy();
      const underWay = tab.get(path);
      await expect.poll(() => stage.api.requests.length).toBeGreaterThan(asked);
      const stolen = member.copy();
      await signOut(member);
      const late = await underWay;
      expect(late.headers.getSetCookie().filter((header) => header.includes("session"))).toEqual([]);
      expect(late.headers.get("cache-control")).toContain("no-store");
      for (const browser of [tab, stolen]) expect((await browser.get("/api/me")).status).toBe(401);
      const [row] = await stage.rows.sql<{ live: number }[]>`
        select count(*)::int as live from provider_tokens t join sessions s on s.id = t.session_id
        where s.user_id = ${data.userId} and s.revoked_at is not null and t.access_token_sealed is not null`;
      expect(row?.live, "tokens of ended sessions").toBe(0);
    },
  );

test("a note that a session was seen does not bring it back", proves("7.4.1"), async ({ stage, member }) => {
  await stage.rows.sql`update sessions set last_seen_at = now() - interval '2 minutes'`;
  const tab = member.copy();
  await Promise.all([tab.get("/profile"), tab.get("/profile"), signOut(member), tab.get("/profile")]);
  expect((await tab.get("/api/me")).status).toBe(401);
  expect((await new Visitor(stage.url, tab.cookies).get("/profile")).location).toMatch(/^\/login\?/);
});
