import "server-only";
import { randomBytes } from "node:crypto";
import { desc, sql } from "drizzle-orm";
import { addressDigest, chainBeginning, linkHash, loggedColumns, sealCode, type LoggedRow } from "./chain";
import type { Connection, Database } from "@/db/client";
import { auditSeals } from "@/db/schema";
import { log } from "@/lib/platform/log";
import { inBatches } from "@/lib/platform/in-batches";

const atOnce = 5_000;

/**
 * Links the rows of the log that have no link yet to the chain, in the order of their ids, and seals its end. Rows are
 * written without it, so that nobody who signs in waits for anybody else; whoever's transaction ends late is linked
 * later. One instance at a time.
 * @returns how many were linked; null when another instance was at it already
 */
export function sealEvents(database: Database, goesOn: () => boolean = () => true): Promise<number | null> {
  return inBatches({ atOnce, goesOn }, () => database.transaction(sealSome));
}

async function sealSome(tx: Connection): Promise<number | null> {
  const [lock] = await tx.execute<{ had: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended('gatehouse audit chain', 0)) as had`,
  );
  if (lock?.had !== true) return null;
  const [last] = await tx.select().from(auditSeals).orderBy(desc(auditSeals.id)).limit(1);
  const known = await horizon(tx);
  const from = last?.linkedThrough ?? 0n;
  const rows = await tx.execute<LoggedRow & Record<string, unknown>>(sql`
    select ${loggedColumns} from audit_events e
    where e.id > ${from} and not exists (select from audit_chain c where c.event_id = e.id)
    order by e.id limit ${atOnce}`);
  const final = rows.at(-1);
  if (final === undefined) return 0;
  const position = last?.position ?? 0n;
  const links = link(rows, { position, hash: last?.hash ?? chainBeginning });
  await tx.execute(sql`
    insert into audit_chain (position, event_id, salt, address_digest, hash)
    select position, event_id, decode(salt, 'hex'), decode(address_digest, 'hex'), decode(hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(links.rows)}::jsonb)
      as l (position bigint, event_id bigint, salt text, address_digest text, hash text)`);
  const through =
    rows.length < atOnce || BigInt(final.id) > known.settledId ? known.settledId : BigInt(final.id);
  const end = { position: links.position, hash: links.hash, anchor: false, sealedAt: new Date() };
  await tx.insert(auditSeals).values({
    ...end,
    ...sealCode(end),
    links: rows.length,
    highestId: known.highestId,
    nextTransaction: known.nextTransaction,
    linkedThrough: through > from ? through : from,
  });
  // The one trace of the chain's end outside of the database: `npm run audit:verify -- position:hash` compares with it.
  const [hash, at] = [Buffer.from(end.hash).toString("hex"), String(end.position)];
  log.info({ event: "audit_sealed", anchor: `${at}:${hash}`, links: rows.length }, "the audit log is sealed");
  return rows.length;
}

/**
 * What is in use now, and up to which id every transaction has ended that could still bring a row: the highest id that a
 * seal saw before the oldest transaction that runs now began. A sequence hands out a number a moment before the
 * transaction that takes it is counted among the running, hence the ten seconds.
 */
async function horizon(tx: Connection) {
  const [row] = await tx.execute<{ highest: string; next: string; settled: string }>(sql`
    select coalesce((select max(id) from audit_events), 0)::text as highest,
      pg_snapshot_xmax(pg_current_snapshot())::text as next,
      coalesce((select s.highest_id from audit_seals s
        where s.next_transaction <= pg_snapshot_xmin(pg_current_snapshot())::text::bigint
          and s.sealed_at < now() - interval '10 seconds'
        order by s.id desc limit 1), 0)::text as settled`);
  if (row === undefined) throw new Error("the horizon was not returned");
  return {
    highestId: BigInt(row.highest),
    nextTransaction: BigInt(row.next),
    settledId: BigInt(row.settled),
  };
}

function link(rows: readonly LoggedRow[], last: { position: bigint; hash: Uint8Array }) {
  let { position, hash } = last;
  const linked = rows.map((row) => {
    position += 1n;
    const salt = row.address === null ? null : randomBytes(16);
    const digest = row.address === null || salt === null ? null : addressDigest(row.address, salt);
    hash = linkHash(hash, position, row, digest);
    return {
      position: String(position),
      event_id: row.id,
      salt: hex(salt),
      address_digest: hex(digest),
      hash: hex(hash),
    };
  });
  return { rows: linked, position, hash };
}

function hex(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString("hex");
}
