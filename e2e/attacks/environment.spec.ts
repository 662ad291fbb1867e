import { fork } from "node:child_process";
import { connect } from "node:net";
import { minimalEnvironment } from "../../dev/launch/minimal-environment";
import { nextCommand, repositoryRoot } from "../../dev/launch/paths";
import { findFreePort } from "../../dev/launch/ports";
import { expect, test, proves } from "../fixtures";

interface Ended {
  readonly code: number | null;
  readonly output: string;
  /** True when the port took a connection at any time. */
  readonly listened: boolean;
}

/** Starts the production server with these variables alone and waits for it to end. */
async function start(env: Readonly<Record<string, string>>): Promise<Ended> {
  const port = await findFreePort();
  const child = fork(nextCommand(), ["start", "-p", String(port), "-H", "localhost"], {
    cwd: repositoryRoot,
    env: { ...minimalEnvironment(), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  let answered = false;
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
  const probe = setInterval(() => {
    const socket = connect(port, "localhost");
    socket.on("error", () => socket.destroy());
    socket.on("connect", () => socket.write("GET / HTTP/1.0\r\n\r\n"));
    socket.on("data", () => (answered = true));
  }, 50);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      const late = setTimeout(() => {
        child.kill("SIGKILL");
        reject(new Error(`the server runs\n${output}`));
      }, 20_000);
      child.once("exit", (exitCode) => {
        clearTimeout(late);
        resolve(exitCode);
      });
    });
    return { code, output, listened: answered };
  } finally {
    clearInterval(probe);
  }
}

test(
  "without any configuration the server names all that is missing and ends",
  proves({ row: [14] }),
  async () => {
    const { code, output, listened } = await start({});
    expect(code).toBe(1);
    expect(listened).toBe(false);
    for (const name of ["AUTH_URL", "AUTH_SECRET", "DATABASE_URL", "TOKEN_ENCRYPTION_KEYS"])
      expect(output).toContain(name);
    expect(output).not.toMatch(/\bat \S+ \(/);
  },
);

test(
  "every fault is told at once, what to do about each, and no secret",
  proves({ row: [14], asvs: ["13.3.1"] }),
  async () => {
    const { code, output, listened } = await start({
      AUTH_URL: "http://app.example.org/path",
      AUTH_SECRET: "short-but-secret-value",
      DATABASE_URL: "mysql://root:database-password@localhost/x",
      TOKEN_ENCRYPTION_KEYS: "k1:c2hvcnQ=",
      OIDC_ISSUER: "http://issuer.example.org",
      OIDC_SCOPES: "profile",
      API_SERVER_URL: "http://api.example.org",
      SESSION_IDLE_TIMEOUT_SECONDS: "zero",
      TRUSTED_PROXY_HOPS: "-1",
    });
    expect(code).toBe(1);
    expect(listened).toBe(false);
    for (const name of [
      ...[
        "AUTH_URL",
        "AUTH_SECRET",
        "DATABASE_URL",
        "TOKEN_ENCRYPTION_KEYS",
        "OIDC_ISSUER",
        "OIDC_CLIENT_ID",
      ],
      ...[
        "OIDC_CLIENT_SECRET",
        "OIDC_SCOPES",
        "API_SERVER_URL",
        "SESSION_IDLE_TIMEOUT_SECONDS",
        "TRUSTED_PROXY_HOPS",
      ],
    ])
      expect(output, name).toContain(name);
    for (const secret of ["short-but-secret-value", "database-password", "c2hvcnQ"])
      expect(output).not.toContain(secret);
  },
);

test(
  "a demo secret or plain http outside this machine does not start",
  proves({ row: [14], asvs: ["13.3.1"] }),
  async ({ world }) => {
    const faults = {
      AUTH_SECRET: "please-change-me-please-change-me-please",
      AUTH_URL: "http://app.example.org",
      OIDC_ISSUER: "http://issuer.example.org",
      API_SERVER_URL: "http://10.0.0.1:6060",
    };
    const { code, output } = await start({ ...world.env, ...faults });
    expect(code).toBe(1);
    for (const name of Object.keys(faults)) expect(output, name).toContain(name);
  },
);
