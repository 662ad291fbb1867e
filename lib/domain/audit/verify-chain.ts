import "server-only";
import { and, asc, desc, eq, gt, lte, sql } from "drizzle-orm";
import { addressDigest, chainBeginning, isSealCode, linkHash, loggedColumns, type LoggedRow } from "./chain";
import type { Connection, Database } from "@/db/client";
import { auditSeals } from "@/db/schema";

const atOnce = 5_000;
/** Clocks differ, and a row bears the time at which its change began. */
const toleranceMilliseconds = 60 * 60 * 1_000;

/** What is wrong with the first bad row. */
export type ChainFault =
  /** The row or its link is not what was linked: edited, or put in another's place. */
  | "edited"
  | "row_deleted"
  | "links_deleted"
  /** Its time is long before that of rows before it. */
  | "backdated"
  /** Its address was taken away, and the person was not deleted. */
  | "address_erased"
  /** Stands among linked rows without a link. */
  | "inserted"
  /** The chain does not end where it was sealed to end. */
  | "cut_off"
  /** Links that no seal covers, or a seal that the application has not made. */
  | "forged"
  /** The last seal's key is not in TOKEN_ENCRYPTION_KEYS. */
  | "key_missing";

export interface ChainReport {
  readonly links: number;
  /** `position:hash` of the last link, to be kept elsewhere. */
  readonly end: string;
  /** The first bad row in the order of the chain; the id is null when the row itself is gone without a trace. */
  readonly fault: {
    readonly kind: ChainFault;
    readonly eventId: string | null;
    readonly position: string;
  } | null;
}

interface Link extends LoggedRow, Record<string, unknown> {
  readonly position: string;
  readonly event_id: string;
  readonly salt: Uint8Array | null;
  readonly address_digest: Uint8Array | null;
  readonly hash: Uint8Array;
}

interface State {
  position: bigint;
  hash: Uint8Array;
  links: number;
  latest: number;
}

type Fault = NonNullable<ChainReport["fault"]>;

/**
 * Computes every link anew and says which row is the first that is not as it was. `kept` is an end that an earlier run or the
 * server's log told: with it a log that was cut off together with its seals is found as well.
 */
export function verifyChain(
  database: Database,
  kept?: { readonly position: bigint; readonly hash: string },
): Promise<ChainReport> {
  // As the log was at one moment, while the sealer goes on.
  return database.transaction(
    async (db) => {
      await db.execute(sql`set local statement_timeout = '10min'`);
      return walk(db, kept);
    },
    { isolationLevel: "repeatable read" },
  );
}

async function walk(
  db: Connection,
  kept: { readonly position: bigint; readonly hash: string } | undefined,
): Promise<ChainReport> {
  const [anchor] = await db.select().from(auditSeals).where(eq(auditSeals.anchor, true));
  const state: State = {
    position: anchor?.position ?? 0n,
    hash: anchor?.hash ?? chainBeginning,
    links: 0,
    latest: 0,
  };
  const report = (fault: Fault | null): ChainReport => ({
    links: state.links,
    end: `${String(state.position)}:${hex(state.hash)}`,
    fault,
  });
  const at = (kind: ChainFault, eventId: string | null = null): Fault => ({
    kind,
    eventId,
    position: String(state.position),
  });
  if (anchor !== undefined && isSealCode(anchor, anchor) === false) return report(at("forged"));
  for (;;) {
    const links = await readLinks(db, state.position);
    for (const link of links) {
      const kind = followLink(state, link);
      if (kind !== null) return report({ kind, eventId: link.event_id, position: link.position });
      if (kept?.position === state.position && kept.hash !== hex(state.hash))
        return report(at("edited", link.event_id));
    }
    const last = links.at(-1);
    if (last === undefined) break;
    const bad = await badSeal(db, links);
    if (bad !== null) return report({ kind: "forged", eventId: null, position: bad });
  }
  return report(await faultOfTheEnd(db, state, at, kept?.position));
}

async function readLinks(db: Connection, after: bigint): Promise<readonly Link[]> {
  return db.execute<Link>(sql`
    select c.position::text, c.event_id::text, c.salt, c.address_digest, c.hash, ${loggedColumns}
    from audit_chain c left join audit_events e on e.id = c.event_id
    where c.position > ${after} order by c.position limit ${atOnce}`);
}

/** Moves on by one link, or says what is wrong with it. */
function followLink(state: State, link: Link): ChainFault | null {
  const position = state.position + 1n;
  if (BigInt(link.position) !== position) return "links_deleted";
  // Of a left join: the types speak of a row that is there.
  if ((link.id as string | null) === null) return "row_deleted";
  const { address, salt, address_digest: digest } = link;
  const isOwnAddress =
    address === null
      ? salt === null
      : salt !== null && digest !== null && hex(addressDigest(address, salt)) === hex(digest);
  if (!isOwnAddress) return "edited";
  const hash = linkHash(state.hash, position, link, digest);
  if (hex(hash) !== hex(link.hash)) return "edited";
  const time = Date.parse(link.at);
  if (time < state.latest - toleranceMilliseconds) return "backdated";
  state.position = position;
  state.hash = hash;
  state.links += 1;
  state.latest = Math.max(state.latest, time);
  return null;
}

/** The position of the first seal over these links that does not say what they say. */
async function badSeal(db: Connection, links: readonly Link[]): Promise<string | null> {
  const hashes = new Map(links.map(({ position, hash }) => [position, hex(hash)]));
  const [first, last] = [links[0], links.at(-1)];
  if (first === undefined || last === undefined) return null;
  const seals = await db
    .select()
    .from(auditSeals)
    .where(
      and(
        gt(auditSeals.position, BigInt(first.position) - 1n),
        lte(auditSeals.position, BigInt(last.position)),
      ),
    )
    .orderBy(asc(auditSeals.position));
  const bad = seals.find(
    (seal) => hashes.get(String(seal.position)) !== hex(seal.hash) || isSealCode(seal, seal) === false,
  );
  return bad === undefined ? null : String(bad.position);
}

async function faultOfTheEnd(
  db: Connection,
  state: State,
  at: (kind: ChainFault, eventId?: string | null) => Fault,
  kept: bigint | undefined,
): Promise<Fault | null> {
  const [last] = await db.select().from(auditSeals).orderBy(desc(auditSeals.position)).limit(1);
  if (kept !== undefined && kept > state.position) return at("cut_off");
  if (last === undefined) return state.links === 0 ? null : at("forged");
  if (last.position > state.position) return at("cut_off");
  if (last.position < state.position) return at("forged");
  if (isSealCode(last, last) === null) return at("key_missing");
  const [inserted] = await db.execute<{ id: string }>(sql`
    select e.id::text as id from audit_events e
    where e.id <= ${last.linkedThrough} and not exists (select from audit_chain c where c.event_id = e.id)
    order by e.id limit 1`);
  if (inserted !== undefined) return at("inserted", inserted.id);
  const [erased] = await db.execute<{ id: string; position: string }>(sql`
    select e.id::text as id, c.position::text from audit_chain c join audit_events e on e.id = c.event_id
    where c.address_digest is not null and c.salt is null and not exists (
      select from audit_events d
      where d.event = 'user_deleted' and (d.subject_id = e.subject_id or d.subject_id = e.actor_id))
    order by c.position limit 1`);
  return erased === undefined
    ? null
    : { kind: "address_erased", eventId: erased.id, position: erased.position };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
