import { describe, expect, it } from "vitest";
import { configure } from "@/lib/test-environment";

const secrets = {
  AUTH_SECRET: "first+Secret/of7Signing8Cookies9abc=,second+Secret/of7Signing8Cookies9abc=",
  CRON_SECRET: "Scheduler/Token+Of32Letters4567890xyz=",
  TOKEN_ENCRYPTION_KEYS: `k2:${Buffer.alloc(32, 7).toString("base64")},k1:${Buffer.alloc(32, 9).toString("base64")}`,
  DATABASE_URL: "postgres://app:data%2Fbase-pw@db.example:5432/app?password=query-pw",
  SMTP_URL: "smtps://mailer:mail%3Apw@mail.example",
  BREACHED_PASSWORDS_URL: "https://breached.example/token-in-the-path",
  OIDC_PROVIDERS: "oidc,two-b",
  OIDC_TWO_B_ISSUER: "https://two.example",
  OIDC_TWO_B_NAME: "Two",
  OIDC_TWO_B_PRESET: "okta",
  OIDC_TWO_B_CLIENT_ID: "client-two",
  OIDC_TWO_B_CLIENT_SECRET: "client, secret of two",
  ADMIN_EMAILS: "one@people.example,two@people.example",
};
configure(secrets);
const { describeSettings } = await import("./describe-settings");
const { secretHider } = await import("./hide-secrets");

const texts = [
  ...secrets.AUTH_SECRET.split(","),
  secrets.CRON_SECRET,
  ...secrets.TOKEN_ENCRYPTION_KEYS.split(",").map((part) => part.slice(3)),
  ...["data%2Fbase-pw", "data/base-pw", "query-pw", "mail%3Apw", "mail:pw"],
  ...["client, secret of two", "client-secret"],
];

describe("the settings as they are shown (ASVS 13.3.1)", () => {
  const settings = describeSettings();
  const named = (name: string) => settings.find((setting) => setting.name === name);

  it("hold no secret, no person and no address that may hold a secret", () => {
    const shown = JSON.stringify(settings);
    for (const text of [...texts, "token-in-the-path", "people.example", "mailer"])
      expect(shown).not.toContain(text);
  });

  it("say what is set, what a preset or a default says, and what is not set", () => {
    expect([
      named("AUTH_SECRET"),
      named("TOKEN_ENCRYPTION_KEYS"),
      named("DATABASE_URL"),
      named("DATABASE_POOL_SIZE"),
      named("ADMIN_EMAILS"),
      named("API_SERVER_URL"),
      named("OIDC_TWO_B_CLIENT_ID"),
      named("OIDC_TWO_B_SIGN_UP"),
      named("OIDC_SIGN_UP"),
    ]).toMatchObject([
      { source: "set", value: null, secret: true },
      { source: "set", value: "k2, k1", secret: false },
      { source: "set", value: "postgres://db.example:5432" },
      { source: "default", value: "10" },
      { source: "set", value: "2" },
      { source: "unset", value: null },
      { source: "set", value: "client-two" },
      { source: "preset", value: "none" },
      { source: "default", value: "prompt=create" },
    ]);
  });
});

describe("a text that another server or a driver wrote", () => {
  it.each(texts)("is told without the secret %s", (secret) => {
    expect(secretHider()(`login failed for "${secret}"`)).toBe('login failed for "[hidden]"');
  });

  it("keeps everything else", () => {
    const text = "connect ECONNREFUSED db.example:5432, key k2, app, https://two.example";
    expect(secretHider()(text)).toBe(text);
  });
});
