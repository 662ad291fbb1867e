import { signOut, signUpLocally } from "../attacks/support/forms";
import { continuation, pressProviderButton, visitCallback } from "../attacks/support/oidc";
import type { Rows } from "../attacks/support/rows";
import { stranger } from "../attacks/support/test";
import { Visitor } from "../attacks/support/visitor";
import { grantOf, setRemaining } from "./support/database";
import { read } from "./support/readers";
import { expect, proves, test } from "./support/test";

test.describe.configure({ mode: "default" });

test(
  "a stolen dump of the database shows no token, no code, no password and no secret of anybody signed in by either method",
  proves({ row: [4, 6], asvs: ["11.4.2", "14.2.4", "13.3.1"] }),
  async ({ pair }) => {
    const { api, gate, instances, peer, rows, url } = pair;
    const remote = new Visitor(url);
    const callback = peer.authorize(continuation(await pressProviderButton(remote)));
    expect(await visitCallback(remote, callback)).toMatchObject({ kind: "signed-in" });
    const person = stranger();
    const local = new Visitor(url);
    await signUpLocally(local, person);
    expect(await read(local)).toMatchObject({ status: 200 });

    const dump = await dumpOf(rows);
    const laterDumps: string[] = [];

    // What the sign-ins brought is learnt from its use afterwards.
    const secrets = new Map<string, string | undefined>();
    secrets.set("the code", new URL(callback).searchParams.get("code") ?? undefined);
    secrets.set("our access token for the local account", bearer(api.requests.at(-1)?.authorization));
    await read(remote);
    secrets.set("the provider's access token", bearer(api.requests.at(-1)?.authorization));
    await setRemaining(rows, remote, -60);
    await read(remote);
    laterDumps.push(await dumpOf(rows));
    secrets.set("the refresh token", gate.refreshes[0]);
    secrets.set("the access token after a refresh", bearer(api.requests.at(-1)?.authorization));
    const { sql } = rows;
    await setRemaining(rows, remote, -60);
    await read(remote);
    secrets.set("the refresh token after a refresh", gate.refreshes[1]);
    for (const [name, visitor] of Object.entries({ remote, local })) {
      secrets.set(`the session token, ${name}`, visitor.sessionCookie?.split(".")[0]);
      secrets.set(`the session cookie's seal, ${name}`, visitor.sessionCookie?.split(".")[1]);
    }
    secrets.set("the password", person.password);
    for (const name of ["AUTH_SECRET", "OIDC_CLIENT_SECRET"]) secrets.set(name, instances.env()[name]);
    secrets.set("the key that seals", instances.env()["TOKEN_ENCRYPTION_KEYS"]?.split(":")[1]);
    const grant = await grantOf(rows, remote);
    expect(grant.refresh_token_sealed).toMatch(/^v1\./);
    const leaving = await signOut(remote, "everywhere");
    secrets.set(
      "the ID token",
      new URL(continuation(leaving)).searchParams.get("id_token_hint") ?? undefined,
    );
    laterDumps.push(await dumpOf(rows));
    expect(
      await sql`
        select 1 from provider_tokens where id = ${grant.id} and access_token_sealed is not null`,
    ).toEqual([]);

    expect(dump, "the dump holds everything: people").toContain(person.email);
    expect(dump, "the dump holds everything: sealed tokens").toMatch(/"refresh_token_sealed":"v1\./);
    expect(dump, "the dump holds everything: sealed keys").toMatch(/"private_key_sealed":"v1\./);
    for (const text of [dump, ...laterDumps])
      for (const [name, secret] of secrets) expect(formsIn(text, name, secret)).toEqual([]);
    for (const text of [dump, ...laterDumps])
      expect(text, "nor anything like a JWT").not.toMatch(/eyJ[\w-]{10,}\./);
    expect(
      formsIn(`x${secrets.get("the refresh token")!}x`, "a control", secrets.get("the refresh token")),
    ).toHaveLength(1);
  },
);

/** Every row of every table, as text. */
async function dumpOf({ sql }: Rows): Promise<string> {
  const tables = await sql<{ schema: string; name: string }[]>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
  const rows: string[] = [];
  for (const { schema, name } of tables) {
    const found = await sql<
      { row: string }[]
    >`select to_json(t)::text as row from ${sql(schema)}.${sql(name)} t`;
    rows.push(...found.map(({ row }) => row));
  }
  return rows.join("\n");
}

/** The ways in which a secret stands in a text: as it is, or encoded as people and databases do. */
function formsIn(text: string, name: string, secret: string | undefined): string[] {
  if (secret === undefined || secret.length < 16) throw new Error(`${name} was not learnt`);
  const bytes = Buffer.from(secret);
  const forms = {
    plain: secret,
    hex: bytes.toString("hex"),
    base64: bytes.toString("base64").replace(/=+$/, ""),
    base64url: bytes.toString("base64url"),
    "URL-encoded": encodeURIComponent(secret),
  };
  const found = Object.entries(forms).filter(([, form]) => text.includes(form));
  return [...new Map(found.map(([form, value]) => [value, `${name}, ${form}`])).values()];
}

function bearer(authorization: string | undefined): string | undefined {
  return authorization?.replace(/^Bearer /, "");
}
