import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { EnvironmentError, parseEnvironment } from "./env";
import { presetNames } from "./env-presets";

const application = {
  AUTH_URL: "https://app.example.org",
  AUTH_SECRET: "q8Zr2LxVn5Ky7TbWc4Pd9Mg3Hs6Jf1Aa",
  DATABASE_URL: "postgres://localhost/app",
  TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
};
const plain = { OIDC_ISSUER: "https://id.example", OIDC_CLIENT_ID: "app", OIDC_CLIENT_SECRET: "hush" };
const main = {
  OIDC_MAIN_ISSUER: "https://main.example/",
  OIDC_MAIN_CLIENT_ID: "app",
  OIDC_MAIN_CLIENT_SECRET: "hush",
};
const partner = {
  OIDC_ACME_EU_ISSUER: "https://acme.example/eu",
  OIDC_ACME_EU_CLIENT_ID: "app",
  OIDC_ACME_EU_CLIENT_SECRET: "hush-hush",
  OIDC_ACME_EU_NAME: "Acme",
};
const two = { OIDC_PROVIDERS: "main, acme-eu", ...main, ...partner };

type Variables = Record<string, string>;
const providersOf = (variables: Variables) => parseEnvironment({ ...application, ...variables }).providers;

/** The faults by the variable that they name. */
function faultsOf(variables: Variables): Record<string, string> {
  try {
    parseEnvironment({ ...application, ...variables });
    return {};
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return Object.fromEntries(error.faults.map(({ name, message }) => [name, message]));
  }
}

const pem = (type: "rsa" | "ec" | "ed25519", options: object = {}) =>
  generateKeyPairSync(type as "rsa", options as { modulusLength: number })
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString();
const p256 = pem("ec", { namedCurve: "P-256" });
const jwkOf = (members: object) => {
  const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
  return JSON.stringify({ ...key, ...members });
};

describe("the plain names", () => {
  it("are one provider, called oidc", () => {
    expect(providersOf(plain)).toMatchObject([
      {
        ...{ id: "oidc", name: "Single sign-on", issuer: "https://id.example", clientSecret: "hush" },
        ...{ signUp: { prompt: "create" }, logout: "rp_initiated", par: "auto", assertionAudience: "issuer" },
        ...{ scope: "openid profile email offline_access", userinfo: true, parameters: {} },
      },
    ]);
  });

  it("may stand in the list beside others, in its order", () => {
    const ids = providersOf({ ...plain, ...main, OIDC_PROVIDERS: "main,oidc", OIDC_NAME: "Ours" });
    expect(ids.map(({ id }) => id)).toEqual(["main", "oidc"]);
  });

  it("have no effect beside a list that leaves them out, which is told", () => {
    const faults = faultsOf({ ...main, ...plain, OIDC_PROVIDERS: "main" });
    expect(Object.keys(faults)).toEqual(Object.keys(plain));
    expect(faults["OIDC_ISSUER"]).toMatch(/OIDC_PROVIDERS does not list/);
  });
});

describe("several providers", () => {
  it("have everything apart, by the order of the list", () => {
    const [first, second] = providersOf({
      ...two,
      ...{ OIDC_ACME_EU_SCOPES: "openid", OIDC_ACME_EU_LOGOUT: "none", OIDC_ACME_EU_SIGN_UP: "none" },
      ...{
        OIDC_ACME_EU_ROLES_CLAIM: "groups",
        OIDC_ACME_EU_ROLES_MAP: "staff=admin",
        OIDC_ACME_EU_PAR: "always",
      },
    });
    expect(first).toMatchObject({ id: "main", name: "Single sign-on", rolesMap: undefined, par: "auto" });
    expect(second).toMatchObject({
      ...{ id: "acme-eu", name: "Acme", issuer: "https://acme.example/eu", clientSecret: "hush-hush" },
      ...{ scope: "openid", logout: "none", signUp: null, rolesClaim: "groups", par: "always" },
      rolesMap: new Map([["staff", "admin"]]),
    });
  });

  it.each<[string, Variables, string, RegExp]>([
    ["a name twice", { OIDC_PROVIDERS: "main,acme-eu,main" }, "OIDC_PROVIDERS", /"main" twice/],
    ["upper case", { OIDC_PROVIDERS: "Main,acme-eu" }, "OIDC_PROVIDERS", /lower-case letters/],
    ["a path as a name", { OIDC_PROVIDERS: "main,acme-eu,../x" }, "OIDC_PROVIDERS", /cannot be an id/],
    ["a name that is taken", { OIDC_PROVIDERS: "main,acme-eu,password" }, "OIDC_PROVIDERS", /another id/],
    ["the word for granted roles", { OIDC_PROVIDERS: "main,granted" }, "OIDC_PROVIDERS", /another id/],
    ["one without an issuer", { OIDC_PROVIDERS: "main,acme-eu,third" }, "OIDC_THIRD_ISSUER", /is needed/],
    ["a slip in a name", { OIDC_MAIN_SCOPE: "x" }, "OIDC_MAIN_SCOPE", /did you mean OIDC_MAIN_SCOPES\?/],
    ["one like another", { OIDC_MAIN2_ISSUER: "https://x.example" }, "OIDC_MAIN2_ISSUER", /add main2 to/],
    [
      "one that is not listed",
      { OIDC_THIRD_ISSUER: "https://x.example" },
      "OIDC_THIRD_ISSUER",
      /add third to/,
    ],
    ["an unknown name", { OIDC_MAIN_COLOUR: "red" }, "OIDC_MAIN_COLOUR", /docs\/configuration\.md/],
    ["plain http", { OIDC_ACME_EU_ISSUER: "http://acme.example" }, "OIDC_ACME_EU_ISSUER", /must use https/],
    [
      "one client twice",
      { OIDC_ACME_EU_ISSUER: main.OIDC_MAIN_ISSUER },
      "OIDC_ACME_EU_CLIENT_ID",
      /same client .* OIDC_MAIN_CLIENT_ID/,
    ],
    ["two buttons alike", { OIDC_MAIN_NAME: "Acme" }, "OIDC_ACME_EU_NAME", /tell the buttons apart/],
    ["no openid", { OIDC_MAIN_SCOPES: "email" }, "OIDC_MAIN_SCOPES", /must contain openid/],
    ["a parameter of ours", { OIDC_MAIN_PARAMETERS: "x=1&client_id=2" }, "OIDC_MAIN_PARAMETERS", /client_id/],
    ["an odd sign-up", { OIDC_MAIN_SIGN_UP: "state=1" }, "OIDC_MAIN_SIGN_UP", /must be one of/],
    ["an unknown preset", { OIDC_MAIN_PRESET: "acme" }, "OIDC_MAIN_PRESET", /must be one of auth0, /],
    ["an unknown mode", { OIDC_MAIN_PAR: "yes" }, "OIDC_MAIN_PAR", /must be one of auto, always, never/],
  ])("are refused with %s", (_, changes, name, message) => {
    expect(faultsOf({ ...two, ...changes })[name]).toMatch(message);
  });

  it("tell all their faults at once, and no secret", () => {
    const faults = faultsOf({
      ...{ OIDC_PROVIDERS: "main,acme-eu,main", OIDC_MAIN_ISSUER: "no", OIDC_MAIN_CLIENT_SECRET: "hush" },
      ...{ OIDC_ACME_EU_CLIENT_ID: "x", OIDC_MAIN_PRIVATE_KEY: "-----BEGIN hush", OIDC_MAIN_LOGOUT: "later" },
    });
    expect(Object.keys(faults).sort()).toEqual([
      "OIDC_ACME_EU_ISSUER",
      "OIDC_ACME_EU_NAME",
      "OIDC_MAIN_CLIENT_ID",
      "OIDC_MAIN_CLIENT_SECRET",
      "OIDC_MAIN_ISSUER",
      "OIDC_MAIN_LOGOUT",
      "OIDC_MAIN_PRIVATE_KEY",
      "OIDC_PROVIDERS",
    ]);
    expect(JSON.stringify(faults)).not.toContain("hush");
  });
});

describe("a private key", () => {
  const secretless = { ...plain, OIDC_CLIENT_SECRET: "" };
  const keyOf = (OIDC_PRIVATE_KEY: string) => providersOf({ ...secretless, OIDC_PRIVATE_KEY })[0]?.privateKey;

  it.each([
    ["RSA", pem("rsa", { modulusLength: 2048 }), "RS256"],
    ["P-256", p256, "ES256"],
    ["P-384", pem("ec", { namedCurve: "P-384" }), "ES384"],
    ["Ed25519", pem("ed25519"), "EdDSA"],
    ["one line", p256.replaceAll("\n", "\\n"), "ES256"],
    ["a JWK", jwkOf({ alg: "PS256" }), "PS256"],
  ])("of %s says its algorithm", (_name, key, algorithm) => {
    expect(keyOf(key)?.algorithms[0]).toBe(algorithm);
  });

  it("as a JWK names itself and its certificate", () => {
    expect(keyOf(jwkOf({ kid: "k1", "x5t#S256": "t", use: "sig" }))?.header).toEqual({
      kid: "k1",
      "x5t#S256": "t",
    });
    expect(keyOf(p256)?.header).toEqual({});
  });

  it.each<[string, Variables, string, RegExp]>([
    ["that is none", { OIDC_PRIVATE_KEY: "x" }, "OIDC_PRIVATE_KEY", /PKCS#8/],
    [
      "that is public",
      { OIDC_PRIVATE_KEY: '{"kty":"OKP","crv":"Ed25519","x":"AA"}' },
      "OIDC_PRIVATE_KEY",
      /PKCS#8/,
    ],
    ["that is short", { OIDC_PRIVATE_KEY: pem("rsa", { modulusLength: 1024 }) }, "OIDC_PRIVATE_KEY", /2048/],
    ["for another use", { OIDC_PRIVATE_KEY: jwkOf({ alg: "ES256" }) }, "OIDC_PRIVATE_KEY", /"alg"/],
    ["for encryption", { OIDC_PRIVATE_KEY: pem("x25519" as "rsa") }, "OIDC_PRIVATE_KEY", /signatures/],
    [
      "beside a secret",
      { OIDC_PRIVATE_KEY: p256, OIDC_CLIENT_SECRET: "hush" },
      "OIDC_CLIENT_SECRET",
      /take one of the two out/,
    ],
    [
      "beside another method",
      { OIDC_PRIVATE_KEY: p256, OIDC_TOKEN_AUTH_METHOD: "client_secret_post" },
      "OIDC_TOKEN_AUTH_METHOD",
      /private_key_jwt/,
    ],
    [
      "that is missing",
      { OIDC_TOKEN_AUTH_METHOD: "private_key_jwt" },
      "OIDC_TOKEN_AUTH_METHOD",
      /needs OIDC_PRIVATE_KEY/,
    ],
    [
      "for HMAC",
      { OIDC_PRIVATE_KEY: p256, OIDC_ID_TOKEN_ALG: "HS256" },
      "OIDC_ID_TOKEN_ALG",
      /needs OIDC_CLIENT_SECRET/,
    ],
    ["nor a secret", {}, "OIDC_CLIENT_SECRET", /OIDC_PRIVATE_KEY instead/],
  ])("%s is a fault", (_name, changes, name, message) => {
    expect(faultsOf({ ...secretless, ...changes })[name]).toMatch(message);
  });

  it("serves two providers only while assertions name the issuer", () => {
    const shared = {
      ...{ ...two, OIDC_MAIN_CLIENT_SECRET: "", OIDC_ACME_EU_CLIENT_SECRET: "" },
      ...{ OIDC_MAIN_PRIVATE_KEY: p256, OIDC_ACME_EU_PRIVATE_KEY: p256 },
    };
    expect(faultsOf(shared)).toEqual({});
    expect(faultsOf({ ...shared, OIDC_MAIN_ASSERTION_AUDIENCE: "token_endpoint" })).toHaveProperty(
      "OIDC_ACME_EU_PRIVATE_KEY",
    );
  });
});

describe("presets", () => {
  it.each(presetNames)("%s holds nothing but good values", (preset) => {
    expect(faultsOf({ ...plain, OIDC_PRESET: preset })).toEqual({});
  });

  it("give way to what is set", () => {
    const google = { ...plain, OIDC_ISSUER: "", OIDC_PRESET: "google" };
    expect(providersOf(google)).toMatchObject([
      { issuer: "https://accounts.google.com", parameters: { access_type: "offline" }, prompt: "consent" },
    ]);
    expect(providersOf({ ...google, OIDC_NAME: "Acme", OIDC_LOGOUT: "rp-initiated" })).toMatchObject([
      { name: "Acme", logout: "rp_initiated", signUp: null },
    ]);
  });

  it("make the parameter of the sign-up screen", () => {
    const signUpOf = (OIDC_SIGN_UP: string) => providersOf({ ...plain, OIDC_SIGN_UP })[0]?.signUp;
    expect(["prompt_create", "prompt=create", "screen_hint", "first_screen=register"].map(signUpOf)).toEqual([
      { prompt: "create" },
      { prompt: "create" },
      { screen_hint: "signup" },
      { first_screen: "register" },
    ]);
  });
});
