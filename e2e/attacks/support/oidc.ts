import { isOutcomeCode, type OutcomeCode } from "../../../lib/shared/outcomes";
import type { PeerProvider } from "../../peers/provider/start";
import type { Scenario } from "../../peers/provider/scenario";
import { Visitor, type Answered, type Fields } from "./visitor";

/** How a sign-in ended. */
export type SignInEnd =
  | { readonly kind: "signed-in"; readonly location: string }
  | {
      readonly kind: "refused";
      readonly code: OutcomeCode;
      readonly reference: string;
      /** Of the outcome page. */
      readonly status: number;
      readonly page: string;
    }
  | { readonly kind: "elsewhere"; readonly answer: Answered };

/** Presses the provider's button; the answer holds the address of the authorization request, or an outcome. */
export function pressProviderButton(visitor: Visitor, fields: Fields = {}): Promise<Answered> {
  return visitor.post("/auth/oidc/oidc", { intent: "sign-in", ...fields });
}

/** The address that an interstitial page leads to. */
export function continuation({ text, status }: Answered): string {
  const address = /<a href="([^"]+)">Continue<\/a>/.exec(text)?.[1];
  if (address === undefined)
    throw new Error(`There is no way to continue; the answer was ${String(status)}.`);
  return address.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

/** Begins a sign-in and gives back the authorization request. */
export async function beginSignIn(visitor: Visitor, fields: Fields = {}): Promise<string> {
  return continuation(await pressProviderButton(visitor, fields));
}

/** Begins a sign-in and has the peer approve it; gives back the callback's address, not visited yet. */
export async function approvedCallback(
  visitor: Visitor,
  peer: PeerProvider,
  scenario: Scenario = {},
  fields: Fields = {},
): Promise<string> {
  return peer.authorize(await beginSignIn(visitor, fields), scenario);
}

/** Visits a callback's address and reads the outcome. */
export async function visitCallback(visitor: Visitor, address: string): Promise<SignInEnd> {
  return endOf(visitor, await visitor.get(address));
}

/** A whole sign-in at the peer, from the button to the end. */
export async function signInAtPeer(
  visitor: Visitor,
  peer: PeerProvider,
  scenario: Scenario = {},
  fields: Fields = {},
): Promise<SignInEnd> {
  const started = await pressProviderButton(visitor, fields);
  if (started.location !== null) return endOf(visitor, started);
  return visitCallback(visitor, peer.authorize(continuation(started), scenario));
}

/** Somebody new, signed in at the peer. Throws when that failed. */
export async function signedInVisitor(
  origin: string,
  peer: PeerProvider,
  scenario: Scenario = {},
): Promise<Visitor> {
  const visitor = new Visitor(origin);
  const end = await signInAtPeer(visitor, peer, scenario);
  if (end.kind !== "signed-in") throw new Error(`The sign-in was refused: ${JSON.stringify(end)}`);
  return visitor;
}

/** What an answer of the application leads to. */
export async function endOf(visitor: Visitor, answer: Answered): Promise<SignInEnd> {
  const { location } = answer;
  if (location?.startsWith("/auth/error?") === true) {
    const query = new URL(location, visitor.origin).searchParams;
    const code = query.get("code");
    if (!isOutcomeCode(code)) throw new Error(`There is no such outcome: ${String(code)}`);
    const page = await visitor.get(location);
    return {
      kind: "refused",
      code,
      reference: query.get("reference") ?? "",
      status: page.status,
      page: page.text,
    };
  }
  if (answer.status === 303 && location !== null && visitor.sessionCookie !== undefined)
    return { kind: "signed-in", location };
  return { kind: "elsewhere", answer };
}
