import { getTableColumns, getTableName, is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";
import { personTables, type PersonTable } from "./person-data";
import * as schema from "@/db/schema";

const tables: PgTable[] = Object.values(schema).filter((candidate) => is(candidate, PgTable));
const covered: PersonTable[] = Object.values(personTables);

/** Tables that say nothing about a person; the keys of the limits are digests under a secret. */
const aboutNobody = [
  ...["audit_chain", "audit_seals", "rate_limits", "roles", "seen_token_ids", "signing_keys"],
  ...["task_runs", "figure_progress", "hourly_figures"],
];

describe("the data of a person", () => {
  it.each(tables.map((table) => [getTableName(table), table] as const))(
    "%s is part of it or about nobody",
    (name, table) => {
      const isCovered = covered.some((entry) => entry.table === table);
      expect(isCovered).toBe(!aboutNobody.includes(name));
      const pointsToPeople = getTableConfig(table).foreignKeys.some(
        (key) => key.reference().foreignTable === schema.users,
      );
      if (pointsToPeople) expect(isCovered).toBe(true);
    },
  );

  it.each(covered.map((entry) => [getTableName(entry.table), entry] as const))(
    "of %s says for each column whether it is given",
    (_, { table, give, withhold }) => {
      const names = (columns: readonly { name: string }[]) => columns.map(({ name }) => name).sort();
      expect(names([...give, ...withhold])).toEqual(names(Object.values(getTableColumns(table))));
    },
  );

  it("holds no secret, sealed or as a digest", () => {
    const given = covered.flatMap(({ give }) => give.map(({ name }) => name));
    expect(given.filter((name) => /digest|sealed|hash|secret|token/.test(name))).toEqual([]);
  });

  it("goes with the person: what points to people is deleted with them", () => {
    for (const table of tables)
      for (const key of getTableConfig(table).foreignKeys) {
        const { foreignTable, columns } = key.reference();
        if (foreignTable !== schema.users) continue;
        const where = `${getTableName(table)}.${columns.map(({ name }) => name).join()}`;
        expect([where, key.onDelete]).toEqual([
          where,
          where === "user_roles.granted_by" ? "set null" : "cascade",
        ]);
      }
  });
});
