import { hiddenFields } from "../attacks/support/forms";
import { beginSignIn, visitCallback } from "../attacks/support/oidc";
import { setRemaining } from "./support/database";
import { kinds, read, readAtOnce } from "./support/readers";
import { expect, proves, test } from "./support/test";

const readers = 10;
const refused = {
  status: 401,
  headers: { "www-authenticate": 'Bearer error="invalid_token"' },
  body: { message: "Bad credentials" },
};

test.describe.configure({ mode: "default" });

test(
  "the API refuses a token that looked valid: it is renewed once for everybody who asks, and tried once more",
  proves({ row: [4, 17] }),
  async ({ pair }) => {
    const { api, gate, rows } = pair;
    const person = await pair.signIn();
    await setRemaining(rows, person, 200);
    api.answer = refused;
    gate.onRefresh = async ({ pass }) => {
      // Everybody has been refused by now; the token that comes is a good one.
      await expect.poll(() => api.requests.length).toBe(readers);
      api.answer = null;
      return pass();
    };
    expect(kinds(await readAtOnce(pair.instances.all, person, readers))).toEqual(["200"]);
    expect(gate.refreshes).toHaveLength(1);
    expect(api.requests).toHaveLength(2 * readers);
    const tokens = api.requests.map(({ authorization }) => authorization);
    expect(new Set(tokens.slice(0, readers)).size).toBe(1);
    expect(new Set(tokens.slice(readers)).size).toBe(1);
    expect(tokens[0]).not.toBe(tokens.at(-1));
  },
);

test(
  "the API refuses the renewed token too: no second try, no loop, and the page offers a new sign-in",
  proves({ row: [17] }),
  async ({ pair }) => {
    const { api, gate, rows } = pair;
    const person = await pair.signIn();
    await setRemaining(rows, person, 200);
    api.answer = refused;
    expect(await read(person)).toMatchObject({ status: 401, error: "reconnect" });
    expect(api.requests).toHaveLength(2);
    expect(gate.refreshes).toHaveLength(1);
    const page = await person.get("/protected");
    expect(page.text).toContain("Sign in again with Peer");
    expect(gate.refreshes, "a token of a moment ago is not renewed again").toHaveLength(1);
    expect(api.requests).toHaveLength(3);
    expect(await person.get("/api/me")).toMatchObject({ status: 200 });
  },
);

test(
  "the API asks for a stronger sign-in: the page offers it, the provider is asked for acr_values and max_age, and it comes back",
  proves({ row: [17, 18], asvs: ["7.5.3"] }),
  async ({ pair }) => {
    const { api, gate, peer } = pair;
    const person = await pair.signIn();
    const challenge =
      'Bearer error="insufficient_user_authentication", error_description="sign in again", acr_values="urn:gold urn:silver", max_age="60"';
    api.answer = { status: 401, headers: { "www-authenticate": challenge }, body: {} };
    const answer = await person.get("/api/messages/protected");
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.text)).toMatchObject({ data: null, error: "step_up" });
    expect(answer.headers.get("www-authenticate")).toBe(
      'Bearer realm="gatehouse", error="insufficient_user_authentication", acr_values="urn:gold urn:silver", max_age="60"',
    );
    expect(gate.refreshes, "a renewed token would be no stronger").toEqual([]);

    const page = await person.get("/protected");
    expect(page.status).toBe(200);
    expect(page.text).toContain("The message service asks for a stronger sign-in");
    const location = await beginSignIn(person, hiddenFields(page.text, "Sign in again with Peer"));
    const asked = new URL(location).searchParams;
    expect(asked.get("acr_values")).toBe("urn:gold urn:silver");
    expect(asked.get("max_age")).toBe("60");
    api.answer = null;
    const end = await visitCallback(person, peer.authorize(location, { idToken: { acr: "urn:gold" } }));
    expect(end).toEqual({ kind: "signed-in", location: "/protected" });
    expect((await person.get("/protected")).text).toContain("The protected message.");
  },
);

test(
  "the API says 403: the answer names the permission, and nothing is renewed",
  proves({ row: [5, 17], asvs: ["8.2.1"] }),
  async ({ pair }) => {
    const { api, gate, rows } = pair;
    const person = await pair.signIn();
    await setRemaining(rows, person, 200);
    const challenge = 'Bearer error="insufficient_scope", scope="read:secrets"';
    api.answer = { status: 403, headers: { "www-authenticate": challenge }, body: {} };
    const answer = await person.get("/api/messages/protected");
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text)).toEqual({
      message: "This needs the permission read:secrets.",
      data: null,
      error: "denied",
    });
    expect((await person.get("/protected")).text).toContain("read:secrets");
    expect(gate.refreshes).toEqual([]);
  },
);
