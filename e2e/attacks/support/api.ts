import { signUpLocally, type LocalPerson } from "./forms";
import { startStage, type Stage } from "./stage";
import { stranger, test as base } from "./test";
import { Visitor, type Answered } from "./visitor";

/** A front end elsewhere that `CORS_ORIGINS` names. */
export const front = "https://front.example.org";

/** A test on a stage with a front end elsewhere, and somebody who has a local account there. */
export const test = base.extend<{ person: LocalPerson }, { api: Stage }>({
  api: [
    async ({ world }, provide) => {
      const stage = await startStage(world, { env: { CORS_ORIGINS: front } });
      await provide(stage);
      await stage.close();
    },
    { scope: "worker" },
  ],
  person: async ({ api }, provide) => {
    const person = stranger();
    await signUpLocally(new Visitor(api.url), person);
    await provide(person);
  },
});

interface Body {
  readonly message: string;
  readonly data: Record<string, unknown> | null;
  readonly error: string | null;
}

export const bodyOf = ({ text }: Answered) => JSON.parse(text) as Body;

/** Sends JSON, as a script does: without an `Origin`. Text goes as it is. */
export function sendJson(
  visitor: Visitor,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
  method = "POST",
): Promise<Answered> {
  return visitor.send(path, {
    method,
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

export const authenticate = (visitor: Visitor, body: unknown, headers?: Record<string, string>) =>
  sendJson(visitor, "/api/authenticate", body, headers);

export async function tokensOf(api: Stage, { username, password }: LocalPerson) {
  const answer = await authenticate(new Visitor(api.url), { uid: username, password, token: true });
  return bodyOf(answer).data as { access_token: string; refresh_token: string; expires_in: number };
}
