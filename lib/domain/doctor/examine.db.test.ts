import { afterEach, describe, expect, it, vi } from "vitest";
import { diagnose } from "./diagnose";
import { examine } from "./examine";
import { sql } from "@/db/client";
import journal from "@/db/migrations/meta/_journal.json";
import { PermissionDenied } from "@/lib/domain/access/require-permission";
import { runTask } from "@/lib/domain/housekeeping/run-task";
import { localPerson, visitorContext } from "@/lib/domain/tokens/testing/people";
import { countSpent, limitOf, spend } from "@/lib/domain/rate-limits/counter";
import { database } from "@/db/client";
import { statusOf, type Diagnosis } from "@/lib/shared/diagnosis";
import { configured } from "@/lib/test-environment";

// Nothing listens at the addresses of the provider and of the mail server here.
const findingsOf = ({ groups }: Diagnosis, name: string) =>
  Object.fromEntries(
    groups.find(({ group }) => group === name)!.findings.map(({ check, status }) => [check, status]),
  );

afterEach(() => {
  vi.restoreAllMocks();
});

describe("an examination", () => {
  it("finds the database well, and whoever is not there", async () => {
    const diagnosis = await examine();
    expect(findingsOf(diagnosis, "database")).toEqual({
      ...{ answers: "ok", migrations: "ok", search: "ok", clock: "ok", timeouts: "ok", pool: "ok" },
    });
    expect(findingsOf(diagnosis, "provider:oidc")).toEqual({ discovery: "failed" });
    expect(findingsOf(diagnosis, "mail")).toMatchObject({ server: "failed", queue: "ok" });
    expect(diagnosis).toMatchObject({ version: 1, status: "failed" });
    for (const group of diagnosis.groups) expect(statusOf(group), group.group).toBeDefined();
    const told = JSON.stringify(diagnosis);
    for (const name of ["AUTH_SECRET", "TOKEN_ENCRYPTION_KEYS", "OIDC_CLIENT_SECRET"])
      expect(told).not.toContain(configured(name).replace(/^\w+:/, ""));
  });

  it("finds a missing migration", async () => {
    // The database may be ahead of this version, and has not had its last migration then either.
    const { when } = journal.entries.at(-1)!;
    const taken = await sql()<{ id: number; hash: string; created_at: string }[]>`
      delete from drizzle.__drizzle_migrations where created_at >= ${when} returning *`;
    try {
      expect(findingsOf(await examine(), "database")).toMatchObject({ migrations: "failed" });
    } finally {
      await sql()`insert into drizzle.__drizzle_migrations ${sql()(taken)}`;
    }
  });

  it("finds rows of the audit log that wait, tasks that nobody does, and both mended by the task", async () => {
    await localPerson();
    await sql()`delete from task_runs`;
    await sql()`
      insert into audit_events (at, event, request_id, details)
      values (now() - interval '1 hour', 'session_created', 'test', '{}')`;
    const before = await examine();
    expect(findingsOf(before, "audit")).toEqual({ sealed: "warning" });
    expect(findingsOf(before, "tasks")).toMatchObject({ "seal-audit": "warning" });
    await runTask("seal-audit", database());
    const after = await examine();
    expect(findingsOf(after, "audit")).toEqual({ sealed: "ok" });
    expect(findingsOf(after, "tasks")).toMatchObject({ "seal-audit": "ok", "clean-up": "warning" });
  });
});

describe("what is left of a limit", () => {
  it("is nothing once all of its points are spent", async () => {
    const before = await countSpent("denied_person");
    for (let point = 1; point < limitOf("denied_person"); point += 1) await spend("denied_person", "mallory");
    expect(await countSpent("denied_person")).toBe(before);
    await spend("denied_person", "mallory");
    expect(await countSpent("denied_person")).toBe(before + 1);
  });
});

describe("a diagnosis", () => {
  it("is for those who may read it, and the same for all who look within a minute", async () => {
    for (const ctx of [visitorContext(), await localPerson()])
      await expect(diagnose(ctx, { maxAgeSeconds: 60 })).rejects.toThrow(PermissionDenied);
    const admin = await localPerson("admin");
    const [first, beside] = await Promise.all([
      diagnose(admin, { maxAgeSeconds: 60 }),
      diagnose(admin, { maxAgeSeconds: 60 }),
    ]);
    expect(beside).toBe(first);
    expect(await diagnose(admin, { maxAgeSeconds: 60 })).toBe(first);
    const later = { ...admin, now: () => new Date(Date.now() + 60_001) };
    expect(await diagnose(later, { maxAgeSeconds: 60 })).not.toBe(first);
  });
});
