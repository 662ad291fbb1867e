import type { SessionIdentity } from "@/lib/domain/sessions/find-session";
import type { Viewer } from "@/lib/shared/views";
import type * as gate from "@/lib/web/needs-login";
import type * as page from "@/lib/web/page";
import type * as session from "@/lib/web/viewer";

/** One person who is always there: no cookie is looked at and no database is asked. Stands in for what the product finds. */
export interface FixedPerson {
  readonly viewer: Viewer;
  readonly identity: SessionIdentity;
}

/** Of a session that begins; it stands in no markup. */
const left = { idleSeconds: 86_400, absoluteSeconds: 2_592_000 };

let read: FixedPerson | undefined;

function person(): FixedPerson {
  return (read ??= JSON.parse(process.env["BENCH_PERSON"] ?? "{}", (name, value: unknown) =>
    /(At|Since)$/.test(name) ? new Date(String(value)) : value,
  ) as FixedPerson);
}

export const currentViewer: typeof session.currentViewer = () =>
  Promise.resolve({ status: "signed-in", viewer: person().viewer, left });

export const decidePage: typeof page.decidePage = () =>
  Promise.resolve({ kind: "allowed", viewer: person().viewer });

export const currentIdentity: typeof session.currentIdentity = () => Promise.resolve(person().identity);

export const needsLogin: typeof gate.needsLogin = () => false;
