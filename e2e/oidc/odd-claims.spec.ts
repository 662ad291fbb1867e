import type { Scenario } from "../peers/provider/scenario";
import { signInAtPeer } from "../attacks/support/oidc";
import { expect, test } from "../attacks/support/test";
import type { Visitor } from "../attacks/support/visitor";
import { conforms, saw, signedIn } from "../conformance/conforms";

interface Me {
  readonly name: string | null;
  readonly displayName: string;
  readonly email: string | null;
  readonly picture: string | null;
}

async function me(visitor: Visitor): Promise<Me> {
  return (JSON.parse((await visitor.get("/api/me")).text) as { data: Me }).data;
}

const nobody = { name: undefined } as const;
const control = "\u0000\u0007\u001b[31m\r\n\u007f\u0085";

function verifiedAs(email_verified: unknown): Scenario {
  const subject = `mail|${String(email_verified)}`;
  return { subject, userinfo: { email: "as-a-string@example.com", email_verified } };
}

/** Claims that a provider may send; each must sign in, and show as said. */
const claims: readonly (readonly [string, Scenario, Partial<Me>])[] = [
  [
    "nothing but a subject",
    { userinfo: nobody },
    { name: null, displayName: "Somebody", email: null, picture: null },
  ],
  [
    "a given and a family name",
    { userinfo: { ...nobody, given_name: "Ada", family_name: "King" } },
    { name: "Ada King" },
  ],
  ["a nickname alone", { userinfo: { ...nobody, nickname: "countess" } }, { name: "countess" }],
  ["an empty name", { userinfo: { name: "" } }, { name: null }],
  ["a name of spaces", { userinfo: { name: " \u00a0 " } }, { name: null }],
  ["a name that is a number", { userinfo: { name: 7 } }, { name: null }],
  ["a name that is a list", { userinfo: { name: ["Ada"] } }, { name: null }],
  [
    "names that are null",
    { userinfo: { name: null, nickname: null, email: null, picture: null } },
    { name: null },
  ],
  ["control characters in a name", { userinfo: { name: `A${control}da` } }, { name: "A[31mda" }],
  ["marks that turn text around", { userinfo: { name: "\u202eadA\u202c\u2066x\u2069" } }, { name: "adAx" }],
  [
    "a name in many scripts",
    { userinfo: { name: "Ⅿária 名前 👩‍🚀 العربية" } },
    { name: "Ⅿária 名前 👩‍🚀 العربية" },
  ],
  ["half of a surrogate pair", { userinfo: { name: "Ada \ud83d" } }, {}],
  [
    "markup in a name",
    { userinfo: { name: "<script>alert(1)</script>" } },
    { name: "<script>alert(1)</script>" },
  ],
  ["a picture by javascript:", { userinfo: { picture: "javascript:alert(1)" } }, { picture: null }],
  [
    "a picture by data:",
    { userinfo: { picture: "data:image/svg+xml,<svg onload=alert(1)>" } },
    { picture: null },
  ],
  ["a picture by plain http", { userinfo: { picture: "http://pictures.example/a.png" } }, { picture: null }],
  [
    "a picture with a password",
    { userinfo: { picture: "https://a:b@pictures.example/a.png" } },
    { picture: null },
  ],
  [
    "a picture that is a list",
    { userinfo: { picture: ["https://pictures.example/a.png"] } },
    { picture: null },
  ],
  [
    "a picture of 3 kB",
    { userinfo: { picture: `https://pictures.example/${"a".repeat(3_000)}` } },
    { picture: null },
  ],
  [
    "a picture by https",
    { userinfo: { picture: "https://pictures.example/a.png" } },
    { picture: "https://pictures.example/a.png" },
  ],
  [
    "an address that is none",
    { userinfo: { email: "not an address", email_verified: true } },
    { email: null },
  ],
  [
    "an address with a line break",
    { userinfo: { email: "a@example.com\r\nBcc: x@example.com", email_verified: true } },
    { email: null },
  ],
  [
    "an address of 400 characters",
    { userinfo: { email: `${"a".repeat(390)}@example.com`, email_verified: true } },
    { email: null },
  ],
  [
    "claims named like members of objects",
    { userinfo: { __proto__: { x: 1 }, constructor: "x", toString: "y" } },
    {},
  ],
  [
    "claims nested deep",
    { userinfo: { deep: JSON.parse(`${'{"a":'.repeat(200)}1${"}".repeat(200)}`) as unknown } },
    {},
  ],
  [
    "null bytes in every claim",
    { userinfo: { locale: "e\u0000n", "\u0000": 1, nested: { a: ["\u0000"] } } },
    {},
  ],
  ["null bytes in sid, acr and amr", { idToken: { sid: "s\u0000", acr: "a\u0000", amr: ["p\u0000"] } }, {}],
  ["sid, acr and amr of other types", { idToken: { sid: 7, acr: ["x"], amr: "pwd" } }, {}],
  ["an address and email_verified as a string", verifiedAs("true"), { email: "as-a-string@example.com" }],
  ["an address and email_verified false as a string", verifiedAs("false"), { email: null }],
  ["an address and email_verified 1", verifiedAs(1), { email: null }],
  ["an address that is not verified", verifiedAs(undefined), { email: null }],
  ["auth_time in the future", { idToken: { auth_time: 99_999_999_999 } }, {}],
];

for (const [title, scenario, expected] of claims)
  test(
    `claims with ${title} sign in and harm nothing`,
    conforms({ expected: `${signedIn}; ${shown(expected)}`, notes: [47] }),
    async ({ stage, visitor }) => {
      expect(await signInAtPeer(visitor, stage.peer, scenario)).toMatchObject({ kind: "signed-in" });
      const person = await me(visitor);
      expect(person).toMatchObject(expected);
      for (const path of ["/", "/profile", "/settings/sessions"]) {
        const { status, text } = await visitor.get(path);
        expect(status, path).toBe(200);
        expect(text).not.toContain("<script>alert");
        expect(text).not.toMatch(/src="(?:javascript|data:image\/svg)/);
      }
      const seen = Object.keys(expected).map((name) => [name, person[name as keyof Me]]);
      saw(`${signedIn}; ${shown(Object.fromEntries(seen) as Partial<Me>)}`);
    },
  );

function shown(values: Partial<Me>): string {
  const entries = Object.entries(values);
  if (entries.length === 0) return "every page works";
  return entries.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(", ");
}

test(
  "a name of 60 kB locks nobody out",
  conforms({
    notes: [48],
    expected: "cookies below 4 kB, a name of at most 200 characters, claims below 40 kB",
  }),
  async ({ stage, visitor }) => {
    const name = `${"x".repeat(60_000)}END`;
    const scenario = { idToken: { name }, userinfo: { name, bio: "y".repeat(60_000) } };
    expect(await signInAtPeer(visitor, stage.peer, scenario)).toMatchObject({ kind: "signed-in" });
    expect(visitor.cookieHeader().length).toBeLessThan(4_096);
    expect((await me(visitor)).name?.length ?? 0).toBeLessThanOrEqual(200);
    const { status, text } = await visitor.get("/profile");
    expect(status).toBe(200);
    expect(text).not.toContain("xEND");
    const [row] = await stage.rows.sql<
      { size: number }[]
    >`select max(length(claims::text)) as size from accounts`;
    expect(row!.size).toBeLessThan(40_000);
    saw("cookies below 4 kB, a name of at most 200 characters, claims below 40 kB");
  },
);

test(
  "claims of 900 kB sign in, and what is too large is not kept",
  conforms({ notes: [48], expected: `${signedIn}; claims below 40 kB` }),
  async ({ stage, visitor }) => {
    const userinfo = { name: "Large", bio: "y".repeat(900_000) };
    expect(await signInAtPeer(visitor, stage.peer, { userinfo })).toMatchObject({ kind: "signed-in" });
    expect(await me(visitor)).toMatchObject({ name: "Large" });
    const [row] = await stage.rows.sql<
      { size: number }[]
    >`select max(length(claims::text)) as size from accounts`;
    expect(row!.size).toBeLessThan(40_000);
    saw(`${signedIn}; claims below 40 kB`);
  },
);

test(
  "claims that bind tokens together are not kept",
  conforms({ expected: "neither at_hash nor nonce on the profile" }),
  async ({ stage, visitor }) => {
    await signInAtPeer(visitor, stage.peer);
    const { text } = await visitor.get("/profile");
    for (const name of ["at_hash", "nonce"]) expect(text).not.toContain(`&quot;${name}&quot;`);
    saw("neither at_hash nor nonce on the profile");
  },
);
