import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { signUpLocally, submitAction } from "./support/forms";
import type { Stage } from "./support/stage";
import { expect, proves, stranger, test } from "./support/test";
import { Visitor, type Answered } from "./support/visitor";

const profile = "/settings/profile";

async function newMember(stage: Stage) {
  const person = stranger();
  const visitor = new Visitor(stage.url);
  await signUpLocally(visitor, person);
  return { person, visitor };
}

function upload(
  visitor: Visitor,
  content: Uint8Array,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const body = new FormData();
  body.append("picture", new Blob([new Uint8Array(content)], { type: "image/png" }), "../../me.png");
  return visitor.send("/settings/profile/picture", {
    method: "POST",
    headers: { origin: visitor.origin, ...headers },
    body,
  });
}

const red = () =>
  sharp({ create: { width: 64, height: 64, channels: 3, background: "red" } })
    .png()
    .toBuffer();

async function pictureOf({ rows: { sql } }: Stage, username: string): Promise<string | null> {
  const [row] = await sql<{ image: string | null }[]>`select image from users where username = ${username}`;
  return row!.image;
}

test(
  "a picture is served drawn anew, as a picture and nothing else",
  proves("3.2.1", "3.4.4", "5.2.2", "14.2.2"),
  async ({ stage }) => {
    const { person, visitor } = await newMember(stage);
    const html = Buffer.from("<script>alert(1)</script>");
    const answer = await upload(visitor, Buffer.concat([await red(), html]));
    expect(answer.location).toBe(`${profile}?notice=picture-saved`);
    const path = (await pictureOf(stage, person.username)) ?? "";
    const served = await visitor.get(path);
    expect(served.status).toBe(200);
    expect(served.text).not.toContain("script");
    expect(Object.fromEntries(served.headers)).toMatchObject({
      "content-type": "image/webp",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "private, max-age=31536000, immutable",
      "cross-origin-resource-policy": "same-origin",
    });
    expect((await new Visitor(stage.url).get(path)).status).toBe(401);
    for (const id of ["x", "..%2f..%2fetc", "00000000-0000-4000-8000-000000000000"])
      expect((await visitor.get(`/pictures/${id}`)).status).toBe(404);
  },
);

test(
  "a picture of a billion pixels in a few bytes is refused",
  proves("5.2.3", "5.2.6"),
  async ({ stage }) => {
    const { person, visitor } = await newMember(stage);
    const header = Buffer.from(await red());
    // The dimensions stand in the first chunk; libvips looks at them before anything else.
    header.writeUInt32BE(32_000, 16);
    header.writeUInt32BE(32_000, 20);
    for (const bomb of [header, Buffer.concat([header, deflateSync(Buffer.alloc(1_000_000))])])
      expect((await upload(visitor, bomb)).location).toBe(`${profile}?notice=not-a-picture`);
    expect(await pictureOf(stage, person.username)).toBeNull();
  },
);

test("a file that is too large is refused unread", proves("5.2.1"), async ({ stage }) => {
  const { person, visitor } = await newMember(stage);
  const answer = await upload(visitor, Buffer.alloc(6 * 1024 * 1024, 1));
  expect(answer.location).toBe(`${profile}?notice=picture-too-large`);
  expect((await visitor.get(answer.location ?? "")).text).toContain("larger than 5 MB");
  expect(await pictureOf(stage, person.username)).toBeNull();
});

test("another site can send no picture, and ask for no data", proves("3.5.1"), async ({ stage }) => {
  const { person, visitor } = await newMember(stage);
  const evil = { origin: "https://evil.example" };
  expect((await upload(visitor, await red(), evil)).location).toMatch(/code=cross_site_request/);
  expect((await visitor.post("/settings/account/data", {}, evil)).location).toMatch(
    /code=cross_site_request/,
  );
  expect(await pictureOf(stage, person.username)).toBeNull();
});

test(
  "the profile form assigns what it shows and nothing else",
  proves("8.2.3", "15.3.3"),
  async ({ stage }) => {
    const { person, visitor } = await newMember(stage);
    const victim = await newMember(stage);
    const extra = {
      ...{ userId: "00000000-0000-4000-8000-000000000001", username: victim.person.username },
      ...{ email: "evil@example.com", emailVerified: "true", role: "admin", status: "active", image: "x" },
    };
    const answer = await submitAction(visitor, profile, 'name="name"', { name: "New name", ...extra });
    expect(answer.location).toBe(`${profile}?notice=name-saved`);
    const [row] = await stage.rows.sql`
    select name, email, email_verified_at, image,
      (select array_agg(role) from user_roles r where r.user_id = u.id) as roles
    from users u where username = ${person.username}`;
    expect(row).toEqual({
      name: "New name",
      email: person.email,
      email_verified_at: null,
      image: null,
      roles: ["user"],
    });
  },
);

test(
  "nobody who is signed out changes a profile or closes an account",
  proves("7.4.1"),
  async ({ stage }) => {
    const { person, visitor } = await newMember(stage);
    const pages = await Promise.all([visitor.get(profile), visitor.get("/settings/account")]);
    await visitor.post("/auth/sign-out", { scope: "here" });
    expect((await upload(visitor, await red())).location).toMatch(/^\/login\?/);
    expect((await visitor.post("/settings/account/data", {})).location).toMatch(/^\/login\?/);
    expect(pages.map(({ status }) => status)).toEqual([200, 200]);
    expect(await pictureOf(stage, person.username)).toBeNull();
  },
);

test("an old session downloads nothing and deletes nothing", proves("7.5.1", "7.5.3"), async ({ stage }) => {
  const { person, visitor } = await newMember(stage);
  await stage.rows.sql`update sessions set confirmed_at = now() - interval '11 minutes'`;
  const confirm = "/confirm?returnTo=%2Fsettings%2Faccount";
  expect((await visitor.post("/settings/account/data", {})).location).toBe(confirm);
  const answer = await submitAction(visitor, "/settings/account", 'name="confirmation"', {
    confirmation: "delete my account",
  });
  expect(answer.location).toBe(confirm);
  const [row] = await stage.rows.sql`select deletion_due_at from users where username = ${person.username}`;
  expect(row).toEqual({ deletion_due_at: null });
});

test(
  "activity shows nothing of another person, whatever the page asked for",
  proves("8.2.2"),
  async ({ stage }) => {
    const victim = await newMember(stage);
    await victim.visitor.get("/settings/activity");
    const { visitor } = await newMember(stage);
    const [row] = await stage.rows.sql<{ id: string }[]>`
    select max(e.id)::text as id from audit_events e join users u on u.id = e.subject_id
    where u.username = ${victim.person.username}`;
    for (const before of [row!.id, "0", "-1", "1 or 1=1", "9".repeat(30)]) {
      const answer = await visitor.get(`/settings/activity?before=${encodeURIComponent(before)}`);
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain(victim.person.username);
      if (before === row!.id) expect(answer.text).toContain("Nothing older.");
    }
  },
);
