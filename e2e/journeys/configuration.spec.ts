import { spawn } from "node:child_process";
import { minimalEnvironment } from "../../dev/launch/minimal-environment";
import { nextCommand, repositoryRoot } from "../../dev/launch/paths";
import { findFreePort } from "../../dev/launch/ports";
import { expect, proves, test } from "../fixtures";

/** Starts the production server with these variables and waits until it ends by itself. */
async function startAndEnd(
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; output: string }> {
  const port = await findFreePort();
  const child = spawn(process.execPath, [nextCommand(), "start", "-p", String(port), "-H", "localhost"], {
    cwd: repositoryRoot,
    env: { ...minimalEnvironment(), ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => (output += text.toString()));
  try {
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    return { code, output };
  } finally {
    child.kill("SIGKILL");
  }
}

test(
  "a server without its configuration ends and names everything that is missing",
  proves({ row: [14] }),
  async () => {
    const { code, output } = await startAndEnd({});
    expect(code).toBe(1);
    for (const name of ["AUTH_SECRET", "AUTH_URL", "DATABASE_URL", "TOKEN_ENCRYPTION_KEYS"])
      expect(output).toContain(name);
  },
);

test(
  "a server with faults in its configuration ends and names all of them at once",
  proves({ row: [14], asvs: ["6.3.2"] }),
  async ({ world }) => {
    const { code, output } = await startAndEnd({
      ...world.env,
      AUTH_SECRET: "change-me",
      AUTH_URL: "http://gatehouse.example.com",
      OIDC_ISSUER: "http://id.example.com",
      OIDC_CLIENT_ID: "",
    });
    expect(code).toBe(1);
    for (const name of ["AUTH_SECRET", "AUTH_URL", "OIDC_ISSUER", "OIDC_CLIENT_ID"])
      expect(output).toContain(name);
    expect(output).not.toContain("change-me");
    expect(output).not.toContain(world.env["TOKEN_ENCRYPTION_KEYS"]);
  },
);
