import "server-only";
import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { lastSeen } from "./people-conditions";
import type { PeopleSort } from "@/lib/shared/people";
import { isStorableText } from "@/lib/shared/storable-text";

export interface PeopleOrder {
  /** The expression of the index that serves the order. */
  readonly key: SQL;
  readonly type: SQL;
  readonly descending: boolean;
}

const time = sql`timestamptz`;
const created = { key: sql`u.created_at`, type: time };
const shownName = { key: sql`lower(coalesce(u.name, u.username, u.email, ''))`, type: sql`text` };
const seen = { key: lastSeen, type: time };

export const peopleOrders: Readonly<Record<PeopleSort, PeopleOrder>> = {
  newest: { ...created, descending: true },
  oldest: { ...created, descending: false },
  name: { ...shownName, descending: false },
  "name-desc": { ...shownName, descending: true },
  seen: { ...seen, descending: true },
  "seen-oldest": { ...seen, descending: false },
};

/** A place between two people of a list: the key of the order and the id of the one before or behind it. */
export interface Cursor {
  readonly key: string;
  readonly id: string;
}

/** The key of a row as text, which a cursor keeps to the microsecond. */
export function keyText({ key, type }: PeopleOrder): SQL {
  if (type !== time) return key;
  return sql`coalesce(to_char(${key} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '-infinity')`;
}

const times = z.union([z.literal("-infinity"), z.iso.datetime().regex(/^[12]/)]);

/** A cursor for the address bar. */
export function writeCursor({ key, id }: Cursor): string {
  return Buffer.from(JSON.stringify([key, id])).toString("base64url");
}

/** The cursor that {@link writeCursor} wrote for this order; null for anything else. */
export function readCursor(text: string, sort: PeopleSort): Cursor | null {
  const shape = z.tuple([
    peopleOrders[sort].type === time ? times : z.string().refine(isStorableText),
    z.uuid(),
  ]);
  try {
    const read = shape.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return read.success ? { key: read.data[0], id: read.data[1] } : null;
  } catch {
    return null;
  }
}
