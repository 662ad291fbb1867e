import { randomBytes } from "node:crypto";
import { runCommand } from "../../dev/launch/command";
import { minimalEnvironment } from "../../dev/launch/minimal-environment";
import { typescriptArguments } from "../../dev/launch/paths";
import { findFreePort } from "../../dev/launch/ports";
import { createDatabase } from "../../dev/postgres/connection";
import { expect, proves, test } from "../fixtures";

/** `npm run doctor` with these variables alone. */
function doctor(env: Readonly<Record<string, string>>, ...options: string[]) {
  const command = [
    "--conditions=react-server",
    ...typescriptArguments,
    "lib/domain/doctor/doctor.command.ts",
    ...options,
  ];
  return runCommand(process.execPath, command, { ...minimalEnvironment(), NODE_ENV: "production", ...env });
}

test(
  "the doctor finds nothing where all is well, and prints what to register",
  proves({ row: [14] }),
  async ({ world }) => {
    const { ok, output } = await doctor(world.env);
    expect(output).toMatch(/\nNothing failed, \d+ warnings?\./);
    expect(ok).toBe(true);
    for (const line of [
      `register callback             ${world.urls.app}/api/auth/callback/oidc`,
      `register post-logout          ${world.urls.app}/auth/signed-out`,
      `register back-channel logout  ${world.urls.app}/api/auth/backchannel-logout/oidc`,
      `register initiate login       ${world.urls.app}/auth/initiate-login`,
      `discovery names this very issuer: ${world.urls.issuer}`,
      "ID tokens are accepted with RS256",
      "the provider knows the client, by client_secret_basic",
      "PKCE with S256",
      "a sign-out ends the session at the provider",
      "a sign-out revokes the refresh token",
      // `Date` has whole seconds.
      "the provider's clock differs from this one by",
      "the mail server answers and lets us in",
      "asking for a bearer token",
      "back-channel logout: supported",
      "every migration is there",
      "refuses the protected one without an access token",
      "BREACHED_PASSWORDS_URL is not set",
    ])
      expect(output).toContain(line);
  },
);

test(
  "the doctor says what to do about everything that is wrong out there, and ends with 1",
  proves({ row: [14], asvs: ["13.3.1"] }),
  async ({ world }) => {
    const empty = await createDatabase(world.urls.database, `doctor_${randomBytes(6).toString("hex")}`);
    try {
      const wrong = {
        ...{ OIDC_PROVIDERS: "oidc,slash,gone", OIDC_CLIENT_SECRET: "not-the-secret", OIDC_PAR: "never" },
        ...{ OIDC_SLASH_ISSUER: `${world.urls.issuer}/`, OIDC_SLASH_NAME: "Slash" },
        ...{ OIDC_SLASH_CLIENT_ID: "gatehouse", OIDC_SLASH_CLIENT_SECRET: "not-the-secret" },
        ...{ OIDC_GONE_ISSUER: `http://localhost:${String(await findFreePort())}`, OIDC_GONE_NAME: "Gone" },
        ...{ OIDC_GONE_CLIENT_ID: "gatehouse", OIDC_GONE_CLIENT_SECRET: "not-the-secret" },
        API_SERVER_URL: `http://localhost:${String(await findFreePort())}`,
        DATABASE_URL: empty.url,
      };
      const { ok, output } = await doctor({ ...world.env, ...wrong });
      expect(ok).toBe(false);
      for (const pattern of [
        /FAILED +\d+ migrations are missing\n +Run: `npm run db:migrate`/,
        /FAILED +the provider does not take the client's client_secret_basic: invalid_client\n +See OIDC_CLIENT_ID, OIDC_CLIENT_SECRET/,
        /FAILED +discovery names issuer .*\n +Set OIDC_SLASH_ISSUER to the "issuer"/,
        /FAILED +http:\/\/localhost:\d+ cannot be reached\n +See that this machine reaches/,
        /FAILED +http:\/\/localhost:\d+ cannot be reached\n +See API_SERVER_URL/,
        /\n5 checks failed, \d+ warnings?\./,
      ])
        expect(output).toMatch(pattern);
      for (const secret of ["not-the-secret", world.env["AUTH_SECRET"]!, world.env["TOKEN_ENCRYPTION_KEYS"]!])
        expect(output).not.toContain(secret);
    } finally {
      await empty.drop();
    }
  },
);

test("the doctor names every fault of the configuration, and ends with 1", async ({ world }) => {
  const { ok, output } = await doctor({ ...world.env, AUTH_URL: "x", OIDC_ISUER: "y", OIDC_PRESET: "z" });
  expect(ok).toBe(false);
  for (const name of ["AUTH_URL", "OIDC_ISUER", "OIDC_PRESET"])
    expect(output).toContain(`FAILED   ${name}: `);
});

test(
  "the doctor says the same in JSON, of a shape that stays, with no secret and nothing beside it",
  proves({ asvs: ["13.3.1"] }),
  async ({ world }) => {
    const { ok, output } = await doctor({ ...world.env, API_SERVER_URL: "http://localhost:1" }, "--json");
    expect(ok).toBe(false);
    const diagnosis = JSON.parse(output) as Record<string, unknown>;
    expect(Object.keys(diagnosis)).toEqual(["version", "status", "at", "groups", "settings"]);
    expect(diagnosis).toMatchObject({ version: 1, status: "failed" });
    expect(diagnosis["groups"]).toContainEqual({
      ...{ group: "api", title: "Messages API", register: {} },
      findings: [
        {
          ...{ check: "reachable", status: "failed", text: "http://localhost:1 cannot be reached" },
          fix: "See API_SERVER_URL, and that this machine reaches the API.",
        },
      ],
    });
    expect(diagnosis["settings"]).toContainEqual({
      ...{ name: "AUTH_SECRET", source: "set", value: null, secret: true },
    });
    for (const name of ["AUTH_SECRET", "OIDC_CLIENT_SECRET", "TOKEN_ENCRYPTION_KEYS"])
      expect(output.includes(world.env[name]!), name).toBe(false);
    expect(output).not.toContain(new URL(world.env["DATABASE_URL"]!).password);
    const faulty = await doctor({ ...world.env, AUTH_URL: "x" }, "--json");
    expect(JSON.parse(faulty.output)).toMatchObject({
      status: "failed",
      groups: [{ group: "configuration" }],
    });
  },
);
