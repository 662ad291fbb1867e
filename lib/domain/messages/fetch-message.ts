import "server-only";
import { z } from "zod";
import { readRefusal } from "./read-refusal";
import type { AccessToken } from "@/lib/domain/tokens/access-token";
import { describeToken } from "@/lib/domain/tokens/describe-token";
import { getAccessToken } from "@/lib/domain/tokens/get-access-token";
import type { Context, PersonContext } from "@/lib/domain/context";
import { countCall } from "@/lib/domain/figures/count-call";
import { environment } from "@/lib/env";
import { boundedFetch, OutboundError } from "@/lib/platform/http/bounded-fetch";
import { log } from "@/lib/platform/log";
import type { MessageKind } from "@/lib/shared/message-kinds";
import { failure, success, type Result } from "@/lib/shared/result";
import type { MessageError } from "@/lib/shared/views";

const bounds = { timeoutMilliseconds: 5_000, maxBytes: 65_536 };
const answerSchema = z.object({ text: z.string().max(10_000) });

type Answer = Result<{ readonly text: string }, MessageError>;

/**
 * A message of the external API: `public` for everyone, the others with the person's access token. The token goes to
 * API_SERVER_URL's origin alone. When the API refuses a token that looked valid, one more is fetched and tried once.
 */
export async function fetchMessage(ctx: Context, { kind }: { kind: MessageKind }): Promise<Answer> {
  if (environment().API_SERVER_URL === undefined) return failure({ code: "not_configured" });
  if (kind === "public") return readAnswer(kind, await ask(ctx, kind));
  return isPerson(ctx) ? fetchAsPerson(ctx, kind) : failure({ code: "unauthenticated" });
}

async function fetchAsPerson(ctx: PersonContext, kind: MessageKind): Promise<Answer> {
  const access = await getAccessToken(ctx);
  if (!access.ok)
    return failure({ code: access.error.code === "reconnect" ? "reconnect" : "provider_unavailable" });
  const { token } = access.value;
  const answer = await readAnswer(kind, await ask(ctx, kind, token));
  if (!isRefusedToken(answer)) return answer;
  const better = await getAccessToken(ctx, { rejected: token });
  if (!better.ok)
    return better.error.code === "reconnect"
      ? refused(ctx, kind, access.value)
      : failure({ code: "provider_unavailable" });
  if (better.value.token === token) return refused(ctx, kind, access.value);
  const second = await readAnswer(kind, await ask(ctx, kind, better.value.token));
  return isRefusedToken(second) ? refused(ctx, kind, better.value) : second;
}

function isRefusedToken(answer: Answer): boolean {
  return !answer.ok && answer.error.code === "reconnect";
}

/** A provider may give a better token at the next sign-in; ours will be the same, so there the fault is in the set-up. */
function refused(ctx: PersonContext, kind: MessageKind, token: AccessToken): Answer {
  const facts = { kind, requestId: ctx.requestId, token: describeToken(token) };
  log.warn(
    { event: "api_refused_token", ...facts },
    "the API refuses the person's access token; check its audience",
  );
  return failure({ code: ctx.actor.viewer.provider === null ? "broken" : "reconnect" });
}

async function ask(ctx: Context, kind: MessageKind, token?: string): Promise<Response | OutboundError> {
  const url = new URL(`/api/messages/${kind}`, environment().API_SERVER_URL);
  const headers = new Headers({ accept: "application/json", "x-request-id": ctx.requestId });
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  try {
    return await boundedFetch(url, { headers }, bounds);
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    log.warn(
      { event: "api_unanswered", kind, requestId: ctx.requestId, cause: error },
      "the API gave no answer",
    );
    return error;
  }
}

async function readAnswer(kind: MessageKind, response: Response | OutboundError): Promise<Answer> {
  const answer = await meaningOf(kind, response);
  countCall("messages_api", outcomeOf(answer));
  return answer;
}

/** What is refused is the person's matter; what fails is the API's. */
function outcomeOf(answer: Answer): "answered" | "refused" | "failed" {
  if (answer.ok) return "answered";
  return ["denied", "reconnect", "step_up"].includes(answer.error.code) ? "refused" : "failed";
}

async function meaningOf(kind: MessageKind, response: Response | OutboundError): Promise<Answer> {
  if (response instanceof OutboundError) {
    const codes = { timeout: "slow", unreachable: "unreachable" } as const;
    const known = response.code === "timeout" || response.code === "unreachable";
    return failure({ code: known ? codes[response.code] : "broken" });
  }
  if (response.status !== 200) return failure(readRefusal(kind, response));
  const body: unknown = await response.json().catch(() => undefined);
  const answer = answerSchema.safeParse(body);
  return answer.success ? success(answer.data) : failure({ code: "broken" });
}

function isPerson(ctx: Context): ctx is PersonContext {
  return ctx.actor.kind === "person";
}
