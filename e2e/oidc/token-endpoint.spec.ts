import type { OutcomeCode } from "../../lib/shared/outcomes";
import type { Answer } from "../peers/answer";
import type { Scenario } from "../peers/provider/scenario";
import { signInAtPeer } from "../attacks/support/oidc";
import { expectRefusal } from "../attacks/support/refusals";
import { expect, proves, test } from "../attacks/support/test";

const broken = { code: "provider_answer_invalid", status: 400 } as const;
const refused = { code: "provider_refused", status: 400 } as const;
const down = { code: "provider_unavailable", status: 502 } as const;

const error = (code: string, status = 400): Answer => ({ status, body: { error: code } });

const answers: readonly (readonly [string, Answer, { code: OutcomeCode; status: number }])[] = [
  ["500", "server_error", down],
  [
    "503 and HTML",
    { status: 503, headers: { "content-type": "text/html" }, body: "<h1>Back soon</h1>" },
    down,
  ],
  ["a closed connection", "close", down],
  ["HTML", "html", broken],
  ["half of an answer", "garbage", broken],
  ["nothing", "empty", broken],
  ["a list", { body: [] }, broken],
  ["64 MB", "huge", broken],
  ["a redirect", { status: 307, headers: { location: "http://127.0.0.1:9/token" }, body: "" }, broken],
  ["invalid_grant", error("invalid_grant"), refused],
  ["invalid_client", error("invalid_client", 401), refused],
  ["unauthorized_client", error("unauthorized_client"), refused],
  ["a code nobody knows", error("<script>alert(1)</script>\n{}"), refused],
];

for (const [title, answer, expected] of answers)
  test(`a token endpoint that answers ${title} signs nobody in`, async ({ stage, visitor }) => {
    await expectRefusal(stage, visitor, { answers: { token: answer } }, expected);
  });

const members: readonly (readonly [string, Scenario["token"]])[] = [
  ["no access token", { access_token: undefined }],
  ["an access token that is a number", { access_token: 7 }],
  ["no ID token", { id_token: undefined }],
  ["an ID token that is no token", { id_token: "hello" }],
  ["an ID token that is a list", { id_token: [] }],
  ["no token type", { token_type: undefined }],
  ["another token type", { token_type: "mac" }],
];

for (const [title, token] of members)
  test(`a token answer with ${title} signs nobody in`, async ({ stage, visitor }) => {
    const before = await stage.rows.counts();
    const end = await signInAtPeer(visitor, stage.peer, { ...(token && { token }) });
    expect(end).toMatchObject({ kind: "refused", status: 400 });
    expect(await stage.rows.counts()).toEqual(before);
  });

const legal: readonly (readonly [string, Scenario["token"]])[] = [
  ["token type bearer", { token_type: "bearer" }],
  ["token type BEARER", { token_type: "BEARER" }],
  ["no expires_in", { expires_in: undefined }],
  ["expires_in 0", { expires_in: 0 }],
  ["expires_in beyond all reason", { expires_in: 2 ** 53 }],
  ["expires_in in digits of text", { expires_in: "300" }],
  ["no refresh token", { refresh_token: undefined }],
  ["no scope", { scope: undefined }],
  ["members that nobody knows", { session_state: "x", not_before_policy: 0, foci: "1" }],
];

for (const [title, token] of legal)
  test(`a token answer with ${title} signs in`, proves("note 47"), async ({ stage, visitor }) => {
    const end = await signInAtPeer(visitor, stage.peer, { ...(token && { token }) });
    expect(end).toMatchObject({ kind: "signed-in" });
    expect((await visitor.get("/profile")).status).toBe(200);
    expect((await visitor.get("/api/messages/protected")).status).toBe(200);
  });

test(
  "a token endpoint that never answers, or never ends, is given up after 5 seconds",
  proves("note 5"),
  async ({ stage, visitor }) => {
    const before = await stage.rows.counts();
    const started = performance.now();
    const ends = await Promise.all(
      (["hang", "stall"] as const).map((token) =>
        signInAtPeer(visitor.copy(), stage.peer, { answers: { token } }),
      ),
    );
    for (const end of ends)
      expect(end).toMatchObject({ kind: "refused", code: "provider_timeout", status: 504 });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(await stage.rows.counts()).toEqual(before);
  },
);

test(
  "the client's secret goes to the token endpoint in a header, encoded by RFC 6749",
  proves("oidcc-client-test-client-secret-basic"),
  async ({ stage, visitor }) => {
    await signInAtPeer(visitor, stage.peer);
    const request = stage.peer.requests.findLast(({ endpoint }) => endpoint === "token");
    expect(request?.method).toBe("POST");
    expect(request?.headers["authorization"]).toMatch(/^Basic /);
    expect(Object.fromEntries(request?.parameters ?? [])).toEqual({
      grant_type: "authorization_code",
      code: expect.stringMatching(/^code-/) as unknown,
      redirect_uri: stage.peer.client.redirectUri,
      code_verifier: expect.stringMatching(/^[\w.~-]{43,128}$/) as unknown,
    });
  },
);
