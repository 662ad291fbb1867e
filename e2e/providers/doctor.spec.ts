import { randomBytes } from "node:crypto";
import { runCommand } from "../../dev/launch/command";
import { minimalEnvironment } from "../../dev/launch/minimal-environment";
import { typescriptArguments } from "../../dev/launch/paths";
import { findFreePort } from "../../dev/launch/ports";
import { createDatabase } from "../../dev/postgres/connection";
import { expect, proves, test } from "../fixtures";

/** `npm run doctor` with these variables alone. */
function doctor(env: Readonly<Record<string, string>>) {
  const command = [
    "--conditions=react-server",
    ...typescriptArguments,
    "lib/domain/doctor/doctor.command.ts",
  ];
  return runCommand(process.execPath, command, { ...minimalEnvironment(), NODE_ENV: "production", ...env });
}

test(
  "the doctor finds nothing where all is well, and prints what to register",
  proves({ row: [14] }),
  async ({ world }) => {
    const { ok, output } = await doctor(world.env);
    expect(output).toContain("No faults.");
    expect(ok).toBe(true);
    for (const line of [
      `callback             ${world.urls.app}/api/auth/callback/oidc`,
      `post-logout          ${world.urls.app}/auth/signed-out`,
      `back-channel logout  ${world.urls.app}/api/auth/backchannel-logout/oidc`,
      `initiate login       ${world.urls.app}/auth/initiate-login`,
      `discovery names this very issuer: ${world.urls.issuer}`,
      "ID tokens are accepted with RS256",
      "the provider knows the client, by client_secret_basic",
      "PKCE with S256",
      "a sign-out ends the session at the provider",
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
        /FAULT \d+ migration\(s\) are missing\n +Run: npm run db:migrate/,
        /FAULT the provider does not take the client's client_secret_basic: invalid_client\n +See OIDC_CLIENT_ID, OIDC_CLIENT_SECRET/,
        /FAULT discovery names issuer .*\n +Set OIDC_SLASH_ISSUER to the "issuer"/,
        /FAULT http:\/\/localhost:\d+ cannot be reached\n +See that this machine reaches/,
        /FAULT http:\/\/localhost:\d+ cannot be reached\n +See API_SERVER_URL/,
        /\n5 fault\(s\)\./,
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
  for (const name of ["AUTH_URL", "OIDC_ISUER", "OIDC_PRESET"]) expect(output).toContain(`FAULT ${name}: `);
});
