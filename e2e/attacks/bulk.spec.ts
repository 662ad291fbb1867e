import { hiddenFields } from "./support/forms";
import { newMember, newRole, type Member } from "./support/people";
import type { Stage } from "./support/stage";
import { expect, proves, test } from "./support/test";
import { Visitor } from "./support/visitor";

const previewPath = (ids: readonly string[], kind = "suspend") =>
  `/admin/users/bulk?kind=${kind}&scope=selected&ids=${ids.join(",")}`;

const order = { reason: "because", until: "" };

async function statusOf({ rows: { sql } }: Stage, ids: readonly string[]): Promise<string[]> {
  const rows = await sql<
    { status: string }[]
  >`select status from users where id = any(${[...ids]}) order by id`;
  return rows.map(({ status }) => status);
}

/** Orders what the preview at `path` shows. @returns where the answer leads */
async function orderAt({ visitor }: Member, path: string, fields: Record<string, string> = {}) {
  const { text } = await visitor.get(path);
  return visitor.postMultipart(path, { ...hiddenFields(text, 'aria-label="Order it"'), ...order, ...fields });
}

test(
  "a change to many people is nothing for somebody without the permission, nor for a form from elsewhere",
  proves("8.2.1", "8.3.1", "3.5.1"),
  async ({ stage }) => {
    const admin = await newMember(stage, "admin");
    const reader = await newMember(stage, await newRole(stage, ["read:users"]));
    const mallory = await newMember(stage);
    const victim = await newMember(stage);
    const path = previewPath([victim.id]);
    const { text } = await admin.visitor.get(path);
    const stolen = { ...hiddenFields(text, 'aria-label="Order it"'), ...order };
    for (const { visitor } of [reader, mallory]) {
      expect((await visitor.get(path)).status).toBe(403);
      for (const at of [path, "/profile"])
        expect((await visitor.postMultipart(at, stolen)).status).toBeLessThan(500);
    }
    await new Visitor(stage.url).postMultipart(path, stolen);
    const evil = await admin.visitor.postMultipart(path, stolen, { origin: "https://evil.example" });
    expect(evil.location ?? "").not.toContain("/admin/users/bulk/");
    expect(await stage.rows.sql`select 1 from bulk_job_people where user_id = ${victim.id}`).toEqual([]);
    expect(await statusOf(stage, [victim.id])).toEqual(["active"]);
  },
);

test(
  "forged ids, more people than were shown, and one's own account are passed by or refused",
  proves("8.2.2", "2.2.1"),
  async ({ stage }) => {
    const role = await newRole(stage, ["read:users", "suspend:users"]);
    const support = await newMember(stage, role);
    const boss = await newMember(stage, "admin");
    const other = await newMember(stage);
    const path = previewPath([other.id]);
    const more = await orderAt(support, path, { ids: [other.id, boss.id].join(",") });
    expect(more.text).toContain("There are more people than this page has shown");
    for (const ids of ["x", `${other.id}' or true --`, "*"])
      expect((await orderAt(support, path, { ids })).location ?? "").not.toContain("/admin/users/bulk/");
    expect(await statusOf(stage, [other.id, boss.id])).toEqual(["active", "active"]);

    const all = [other.id, boss.id, support.id];
    const preview = await support.visitor.get(previewPath(all));
    expect(preview.text).toContain("skipped: your own account");
    expect(preview.text).toContain("skipped: may do what you may not");
    const { location } = await orderAt(support, path, { ids: all.join(","), expected: "3" });
    expect(location).toContain("/admin/users/bulk/");
    await expect
      .poll(async () => (await support.visitor.get(location!)).text)
      .toContain("Download the result");
    for (const reader of [support, boss]) {
      const page = await reader.visitor.get(location!);
      expect(page.text).toContain("skipped: the account of whoever ordered it");
      expect(page.text).toContain("skipped: may do what whoever ordered it may not");
    }
    expect(await statusOf(stage, [boss.id, support.id])).toEqual(["active", "active"]);
    expect(await statusOf(stage, [other.id])).toEqual(["suspended"]);
  },
);

test(
  "an administrator whose role is taken while the preview is open orders nothing",
  proves("8.3.2"),
  async ({ stage }) => {
    const admin = await newMember(stage, "admin");
    const victim = await newMember(stage);
    const path = previewPath([victim.id]);
    const { text } = await admin.visitor.get(path);
    await stage.rows.sql`delete from user_roles where user_id = ${admin.id} and role = 'admin'`;
    const answer = await admin.visitor.postMultipart(path, {
      ...hiddenFields(text, 'aria-label="Order it"'),
      ...order,
    });
    expect(answer.status).toBeLessThan(500);
    expect(await statusOf(stage, [victim.id])).toEqual(["active"]);
  },
);

test(
  "names are text in the preview, and cells that nobody computes in the result",
  proves("3.2.2", "1.2.10"),
  async ({ stage }) => {
    const admin = await newMember(stage, "admin");
    const [one, two] = [await newMember(stage), await newMember(stage)];
    const { sql } = stage.rows;
    await sql`update users set name = ${'"><img src=x onerror=alert(1)>'} where id = ${one.id}`;
    await sql`update users set name = ${"=HYPERLINK(1)"} where id = ${two.id}`;
    const path = previewPath([one.id, two.id]);
    const { text } = await admin.visitor.get(path);
    expect(text).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(text).not.toContain("<img src=x");
    const { location } = await orderAt(admin, path);
    await expect.poll(async () => (await admin.visitor.get(location!)).text).toContain("Download the result");
    const result = await admin.visitor.post(`${location!}/result`, {});
    expect(result.text).toContain(`"'=HYPERLINK(1)"`);
    const foreign = await (await newMember(stage)).visitor.post(`${location!}/result`, {});
    expect(foreign.text).not.toContain("HYPERLINK");
  },
);
