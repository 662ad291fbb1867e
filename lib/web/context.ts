import "server-only";
import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import { clientAddress } from "./client-address";
import { requestIdHeader } from "./request-headers";
import { currentViewer } from "./viewer";
import { database } from "@/db/client";
import type { Actor, Context, PersonContext } from "@/lib/domain/context";
import { environment } from "@/lib/env";
import type { Viewer } from "@/lib/shared/views";

/** The context of this request, for whoever is looking. */
export async function requestContext(): Promise<Context> {
  const state = await currentViewer();
  return contextFrom(
    await headers(),
    state.status === "signed-in" ? person(state.viewer) : { kind: "visitor" },
  );
}

/** The context of this request for a viewer whose access was decided already. */
export async function personContext(viewer: Viewer): Promise<PersonContext> {
  return contextFrom(await headers(), person(viewer));
}

/** A context from the headers of a request. */
export function contextFrom<Given extends Actor>(
  from: Headers,
  actor: Given,
): Context & { readonly actor: Given } {
  return {
    actor,
    requestId: from.get(requestIdHeader) ?? randomUUID(),
    address: clientAddress(from, environment().TRUSTED_PROXY_HOPS),
    userAgent: from.get("user-agent"),
    now: () => new Date(),
    db: database(),
  };
}

function person(viewer: Viewer): Extract<Actor, { kind: "person" }> {
  return { kind: "person", viewer };
}
