import { apiPaths } from "@/lib/routes";
import type { SessionLeft } from "@/lib/shared/session-left";

interface Answer {
  readonly message: string;
  readonly data: unknown;
}

export const unreachable = "The server cannot be reached. Check your connection, then try again.";

/** Uses the session, so that its idle time begins anew: how long it lasts now, or null when it has ended. */
export async function extendSession(): Promise<SessionLeft | null> {
  const { status, answer } = await post(apiPaths.session);
  if (status === 401) return null;
  if (status !== 200) throw new Error(answer.message);
  return answer.data as SessionLeft;
}

/** Logs in with a password: the id of whose account it is, or the sentence that says why not. */
export async function logInAgain(
  uid: string,
  password: string,
): Promise<{ readonly userId: string } | { readonly refusal: string }> {
  const { status, answer } = await post(apiPaths.authenticate, { uid, password });
  return status === 200 ? (answer.data as { userId: string }) : { refusal: answer.message };
}

async function post(path: string, body?: object): Promise<{ status: number; answer: Answer }> {
  const response = await fetch(path, {
    method: "POST",
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  return { status: response.status, answer: (await response.json()) as Answer };
}
