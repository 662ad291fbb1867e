import "server-only";
import { cookies } from "next/headers";
import { z } from "zod";
import { cookieName } from "./cookie-name";
import { sessionCookieOptions } from "./session-cookie";
import { environment } from "@/lib/env";
import { openSignedValue, signValue } from "@/lib/platform/crypto/signed-value";
import { emptyFormState, type FormState } from "@/lib/shared/form-state";
import type { Viewer } from "@/lib/shared/views";

const lifetimeSeconds = 15 * 60;
/** Browsers keep 4,096 bytes of a cookie, its name and attributes included. */
const maxLength = 3_800;
const schema = z.record(z.string(), z.string());

function signedFor(path: string, userId: string): string {
  return JSON.stringify(["gatehouse form draft v1", path, userId]);
}

function draftCookieName(): string {
  return cookieName("draft");
}

/**
 * Keeps what a person typed into the form at `path` while they confirm who they are. One form at a time, for this person
 * alone, signed. What is too large for a cookie is not kept.
 */
export async function keepDraft(
  path: string,
  { userId }: Viewer,
  values: FormState["values"],
): Promise<void> {
  const signed = signValue(JSON.stringify(values), signedFor(path, userId), environment().AUTH_SECRET);
  if (signed.length > maxLength) return;
  (await cookies()).set(draftCookieName(), signed, { ...sessionCookieOptions(), maxAge: lifetimeSeconds });
}

/** The state in which the form at `path` begins: with what the person typed before a confirmation, or empty. */
export async function draftOf(path: string, { userId }: Viewer): Promise<FormState> {
  const value = (await cookies()).get(draftCookieName())?.value;
  const text = openSignedValue(value, signedFor(path, userId), environment().AUTH_SECRET);
  return text === null ? emptyFormState : { ...emptyFormState, values: schema.parse(JSON.parse(text)) };
}

/** Forgets the draft of the form at `path` once that form was answered; another form's stays. */
export async function forgetDraft(path: string, viewer: Viewer): Promise<void> {
  if ((await draftOf(path, viewer)) === emptyFormState) return;
  (await cookies()).set(draftCookieName(), "", { ...sessionCookieOptions(), maxAge: 0 });
}
