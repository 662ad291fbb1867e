import { afterEach, describe, expect, it, vi } from "vitest";
import { EnvironmentError, isAllowedHttpUrl, parseEnvironment } from "./env";

const key = Buffer.alloc(32, 1).toString("base64");
const good = {
  AUTH_URL: "https://app.example.org",
  AUTH_SECRET: "q8Zr2LxVn5Ky7TbWc4Pd9Mg3Hs6Jf1Aa",
  DATABASE_URL: "postgres://localhost/app",
  TOKEN_ENCRYPTION_KEYS: `k1:${key}`,
};

function faultsOf(changes: Record<string, string | undefined>): string {
  try {
    parseEnvironment({ ...good, ...changes });
    return "";
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.message;
  }
}

describe("the environment", () => {
  it("is enough with four variables", () => {
    const env = parseEnvironment(good);
    expect(env).toMatchObject({ NODE_ENV: "production", AUTH_URL: good.AUTH_URL, TRUSTED_PROXY_HOPS: 0 });
    expect(env.providers).toEqual([]);
  });

  it("takes an empty variable for none", () => {
    expect(
      parseEnvironment({ ...good, OIDC_ISSUER: "", API_SERVER_URL: "  ", LOG_LEVEL: "" }).providers,
    ).toEqual([]);
    expect(faultsOf({ AUTH_SECRET: " " })).toMatch(/AUTH_SECRET: set it/);
  });

  it("tells every fault at once, each with what to do", () => {
    const message = faultsOf({
      AUTH_URL: undefined,
      AUTH_SECRET: "short",
      DATABASE_URL: "mysql://x",
      OIDC_SCOPES: "email",
    });
    expect(message.split("\n").filter((line) => line.startsWith("  - "))).toHaveLength(5);
    for (const name of ["AUTH_URL", "AUTH_SECRET", "DATABASE_URL", "OIDC_SCOPES"])
      expect(message).toContain(`- ${name}`);
  });

  it("shows no secret in its faults", () => {
    const secrets = {
      AUTH_SECRET: "hush-hush",
      DATABASE_URL: "mysql://u:hush-hush@x/y",
      TOKEN_ENCRYPTION_KEYS: "k1:hush-hush",
    };
    expect(faultsOf({ ...secrets, OIDC_CLIENT_SECRET: "hush-hush" })).not.toContain("hush-hush");
  });
});

describe("secrets", () => {
  it.each([
    ["short", "q8Zr2LxVn5Ky7TbWc4Pd9Mg3Hs6Jf1A"],
    ["of few characters", "abababababababababababababababababab"],
    ["copied from an example", "change-me-q8Zr2LxVn5Ky7TbWc4Pd9Mg3Hs6Jf1Aa"],
    ["called password", "PassWord-q8Zr2LxVn5Ky7TbWc4Pd9Mg3Hs6Jf1Aa"],
    ["good but for the older one", `${good.AUTH_SECRET},short`],
    ["good but for an empty one", `${good.AUTH_SECRET},`],
  ])("that are %s are refused", (_, AUTH_SECRET) => {
    expect(faultsOf({ AUTH_SECRET })).toContain("AUTH_SECRET");
  });

  it("are a list, newest first", () => {
    const older = "Zb1Xc2Vn3Ml4Kj5Hg6Fd7Sa8Po9Iu0Yt";
    expect(parseEnvironment({ ...good, AUTH_SECRET: `${good.AUTH_SECRET} , ${older}` }).AUTH_SECRET).toEqual([
      good.AUTH_SECRET,
      older,
    ]);
  });

  it.each(["nokey", `k1:${key.slice(4)}`, `k1:${key},k1:${key}`, `a b:${key}`, `:${key}`, `k1:${key},`])(
    "for tokens are refused as %s",
    (TOKEN_ENCRYPTION_KEYS) => {
      expect(faultsOf({ TOKEN_ENCRYPTION_KEYS })).toContain("TOKEN_ENCRYPTION_KEYS");
    },
  );
});

describe("plain http (field note 7, ASVS 12.2.1)", () => {
  it.each(["AUTH_URL", "OIDC_ISSUER", "API_SERVER_URL"])("is refused in %s beyond this machine", (name) => {
    const client = { OIDC_ISSUER: "https://issuer.example", OIDC_CLIENT_ID: "a", OIDC_CLIENT_SECRET: "b" };
    for (const url of [
      "http://app.example.org",
      "http://10.0.0.1",
      "http://localhost.evil.example",
      "http://127.0.0.1.evil.example",
      "http://0.0.0.0",
    ])
      expect(faultsOf({ ...client, [name]: url }), url).toContain(`- ${name}: must use https`);
    for (const url of [
      "http://localhost:3000",
      "http://127.0.0.1:80",
      "http://[::1]:1",
      "http://x.localhost",
    ])
      expect(faultsOf({ ...client, [name]: url }), url).not.toContain(`- ${name}:`);
  });

  it.each([
    "ftp://app.example",
    "javascript:alert(1)",
    "app.example.org",
    "https://app.example/path",
    "https://app.example/?x",
    "https://",
  ])("nor is %s an address of ours", (AUTH_URL) => {
    expect(faultsOf({ AUTH_URL })).toContain("AUTH_URL");
  });

  it("is allowed for endpoints on this machine alone", () => {
    expect(["https://a.example", "http://localhost:1", "http://127.0.0.1/x"].map(isAllowedHttpUrl)).toEqual([
      true,
      true,
      true,
    ]);
    expect(["http://a.example", "javascript:alert(1)", "file:///x", "data:,x"].map(isAllowedHttpUrl)).toEqual(
      [false, false, false, false],
    );
  });
});

describe("settings that go together", () => {
  it.each<[string, Record<string, string>, string]>([
    ["an issuer without a client", { OIDC_ISSUER: "https://i.example" }, "OIDC_CLIENT_ID"],
    [
      "an idle time beyond the age",
      { SESSION_IDLE_TIMEOUT_SECONDS: "99999999" },
      "SESSION_IDLE_TIMEOUT_SECONDS",
    ],
    ["scopes without openid", { OIDC_SCOPES: "openidx email" }, "OIDC_SCOPES"],
    ["proxies below none", { TRUSTED_PROXY_HOPS: "-1" }, "TRUSTED_PROXY_HOPS"],
    ["proxies without end", { TRUSTED_PROXY_HOPS: "99" }, "TRUSTED_PROXY_HOPS"],
    ["a pinned algorithm none", { OIDC_ID_TOKEN_ALG: "none" }, "OIDC_ID_TOKEN_ALG"],
    ["a role that there is not", { OIDC_ROLES_MAP: "staff=root" }, "OIDC_ROLES_MAP"],
    ["a front end by path", { CORS_ORIGINS: "https://front.example/app" }, "CORS_ORIGINS"],
    ["every front end", { CORS_ORIGINS: "*" }, "CORS_ORIGINS"],
    ["a front end without https", { CORS_ORIGINS: "https://a.example,http://b.example" }, "CORS_ORIGINS"],
    ["an administrator without an address", { ADMIN_EMAILS: "ada@example.org,grace" }, "ADMIN_EMAILS"],
    ["a limit that there is not", { RATE_LIMITS: "sign_in_pears=1/2" }, "RATE_LIMITS"],
    ["a limit of nothing", { RATE_LIMITS: "sign_in_pair=0/900" }, "RATE_LIMITS"],
    ["a limit for ever", { RATE_LIMITS: "sign_in_pair=1" }, "RATE_LIMITS"],
    ["half a role mapping", { OIDC_ROLES_MAP: "staff" }, "OIDC_ROLES_MAP"],
  ])("%s is a fault", (_, changes, name) => {
    expect(faultsOf(changes)).toContain(`- ${name}`);
  });
});

describe("mail", () => {
  const SMTP_URL = "smtps://user:p%40ss@mail.example.org";

  it("needs a server and a sender, or neither", () => {
    expect(parseEnvironment(good).SMTP_URL).toBeUndefined();
    expect(faultsOf({ SMTP_URL })).toContain("MAIL_FROM: is needed beside SMTP_URL");
    expect(faultsOf({ MAIL_FROM: "a@example.org" })).toContain("MAIL_FROM: has no effect without SMTP_URL");
    expect(faultsOf({ SMTP_URL, MAIL_FROM: "a@example.org" })).toBe("");
  });

  it.each([
    ["no-reply@Example.org", { name: "", address: "no-reply@example.org" }],
    ["Gatehouse, Inc. <no-reply@example.org>", { name: "Gatehouse, Inc.", address: "no-reply@example.org" }],
  ])("from %s", (MAIL_FROM, sender) => {
    expect(parseEnvironment({ ...good, SMTP_URL, MAIL_FROM }).MAIL_FROM).toEqual(sender);
  });

  it.each([
    "Gatehouse",
    "<no-reply>",
    "a@example.org, b@example.org",
    "x\r\nBcc: b@example.org <a@example.org>",
  ])("is not from %j", (MAIL_FROM) => {
    expect(faultsOf({ SMTP_URL, MAIL_FROM })).toContain("MAIL_FROM: must look like");
  });

  it.each(["mail.example.org", "http://mail.example.org", "smtp:"])("is not handed in at %s", (url) => {
    expect(faultsOf({ SMTP_URL: url, MAIL_FROM: "a@example.org" })).toContain("SMTP_URL: must");
  });
});

describe("a base path", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  /** The faults that a build with this base path finds in these settings. */
  async function faultsIn(built: string, changes: Record<string, string | undefined>): Promise<string> {
    vi.resetModules();
    vi.stubEnv("BASE_PATH", built);
    const { parseEnvironment: parse } = await import("./env");
    try {
      parse({ ...good, ...changes });
      return "";
    } catch (error) {
      return String(error);
    }
  }

  it.each([
    ["", "https://example.org", ""],
    ["", "https://example.org/", ""],
    ["/gate", "https://example.org/gate", "/gate"],
    ["/gate", "https://example.org/gate/", "/gate"],
  ])("that was built as %j serves %s", async (built, AUTH_URL, BASE_PATH) => {
    expect(await faultsIn(built, { AUTH_URL, BASE_PATH })).toBe("");
  });

  it.each([
    ["", "https://example.org/gate", "", "AUTH_URL: must have no path"],
    ["/gate", "https://example.org", "/gate", "AUTH_URL: must end with /gate"],
    ["/gate", "https://example.org/gates", "/gate", "AUTH_URL: must end with /gate"],
    ["/gate", "https://example.org/gate/x", "/gate", "AUTH_URL: must end with /gate"],
    ["/gate", "https://example.org/gate?x", "/gate", "AUTH_URL: must end with /gate"],
    ["/gate", "https://example.org/gate", "", "BASE_PATH: is /gate in this build"],
    ["", "https://example.org", "/gate", "BASE_PATH: is empty in this build"],
    ["", "https://example.org", "gate/", "BASE_PATH: must begin with a slash"],
  ])(
    "that was built as %j is not served at %s with BASE_PATH=%j",
    async (built, AUTH_URL, BASE_PATH, fault) => {
      expect(await faultsIn(built, { AUTH_URL, BASE_PATH })).toContain(`- ${fault}`);
    },
  );

  it("is no part of what addresses are compared with, and of what an issuer is called", async () => {
    vi.resetModules();
    for (const [name, value] of Object.entries(good)) vi.stubEnv(name, value);
    vi.stubEnv("AUTH_URL", "https://example.org/gate");
    vi.stubEnv("BASE_PATH", "/gate");
    const { environment, ownUrl } = await import("./env");
    expect([environment().AUTH_URL, ownUrl()]).toEqual(["https://example.org", "https://example.org/gate"]);
  });
});
