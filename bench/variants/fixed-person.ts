import { headers } from "next/headers";
import type { SessionIdentity } from "@/lib/domain/sessions/find-session";
import type { Viewer } from "@/lib/shared/views";
import type * as gate from "@/lib/web/needs-login";
import type * as page from "@/lib/web/page";
import type * as session from "@/lib/web/viewer";

/**
 * One person who is always there for a request that says so: no cookie is looked at and no database is asked. Stands in for
 * what the product finds; every other request gets that.
 */
export interface FixedPerson {
  readonly viewer: Viewer;
  readonly identity: SessionIdentity;
}

/** Says that a request is for the fixed person. */
export const fixedPersonHeader = "x-bench-fixed-person";

/** Of a session that begins; it stands in no markup. */
const left = { idleSeconds: 86_400, absoluteSeconds: 2_592_000 };

let read: FixedPerson | undefined;

function person(): FixedPerson {
  return (read ??= JSON.parse(process.env["BENCH_PERSON"] ?? "{}", (name, value: unknown) =>
    /(At|Since)$/.test(name) ? new Date(String(value)) : value,
  ) as FixedPerson);
}

async function isMeant(): Promise<boolean> {
  return (await headers()).has(fixedPersonHeader);
}

/** In the place of the product's function, which it gets. */
type StandIn<Kind> = (product: Kind) => Kind;

export const currentViewer: StandIn<typeof session.currentViewer> = (product) => async () =>
  (await isMeant()) ? { status: "signed-in", viewer: person().viewer, left } : product();

export const decidePage: StandIn<typeof page.decidePage> = (product) => async (path) =>
  (await isMeant()) ? { kind: "allowed", viewer: person().viewer } : product(path);

export const currentIdentity: StandIn<typeof session.currentIdentity> = (product) => async () =>
  (await isMeant()) ? person().identity : product();

export const needsLogin: StandIn<typeof gate.needsLogin> = (product) => (request) =>
  !request.headers.has(fixedPersonHeader) && product(request);
