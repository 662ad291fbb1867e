import "server-only";
import { listPeople } from "@/lib/domain/administration/list-people";
import { signUp, type SignUpFailure } from "@/lib/domain/identity/sign-up";
import { passwordRefusals } from "@/lib/shared/password-refusals";
import { success } from "@/lib/shared/result";
import { endpoint, faultsOf, refuse } from "@/lib/web/endpoint";
import { listedPersonJson } from "@/lib/web/listed-person-json";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";
import { waitMessage } from "@/lib/web/wait-message";
import { listUsers, listUsersQuery, signUpByApi } from "./operations";

/** Everybody, searched and filtered as on the page. */
export const GET = endpoint(listUsers, async (ctx, { request }) => {
  const query = listUsersQuery.safeParse(Object.fromEntries(request.nextUrl.searchParams));
  if (!query.success)
    return refuse("invalid_fields", "Some fields are not right.", { fields: faultsOf(query.error) });
  const { people, total, previous, next } = await listPeople(ctx, query.data);
  return success({ people: people.map(listedPersonJson), total, previous, next });
});

/** Makes a local account, as the sign-up page does, and signs nobody in: `POST /api/authenticate` is for that. */
export const POST = endpoint(signUpByApi, async (ctx, { body }) => {
  if (ctx.actor.kind === "person")
    return refuse("signed_in", "You have an account. Sign out to make another.");
  const created = await signUp(ctx, body);
  if (!created.ok) return refused(created.error, ctx.requestId);
  deliverMailAfterResponse();
  return success({ userId: created.value.userId, username: body.username });
});

function refused(refusal: SignUpFailure, reference: string) {
  switch (refusal.code) {
    case "username_taken":
      return refuse(refusal.code, "This user name is taken. Choose another.");
    case "overloaded":
      return refuse(refusal.code, "Very many people are signing in right now. Try again in a few seconds.", {
        headers: { "Retry-After": "2" },
      });
    case "rate_limited": {
      const what = "Too many accounts were made from your network.";
      return refuse(refusal.code, waitMessage(what, refusal.retryAfterSeconds, reference), {
        headers: { "Retry-After": String(refusal.retryAfterSeconds) },
      });
    }
    case "breached":
    case "common":
    case "context":
    case "repeated":
    case "sequence":
      return refuse("invalid_fields", "Some fields are not right.", {
        fields: { password: passwordRefusals[refusal.code] },
      });
  }
}
