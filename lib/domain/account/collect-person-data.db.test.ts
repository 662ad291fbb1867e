import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { collectPersonData } from "./collect-person-data";
import { personTables } from "./person-data";
import { database } from "@/db/client";
import { credentials, users } from "@/db/schema";
import { contextOf, localPerson } from "@/lib/domain/tokens/testing/people";

describe("the data of a person", () => {
  it("has every table, and nobody else's rows", async () => {
    const [ctx, other] = [await localPerson(), await localPerson()];
    const { userId } = ctx.actor.viewer;
    await database().insert(credentials).values({ userId, passwordHash: "$argon2id$never-given" });
    await database()
      .update(users)
      .set({ name: "Nobody else" })
      .where(eq(users.id, other.actor.viewer.userId));
    const collected = await collectPersonData(ctx);
    if (!collected.ok) throw new Error(collected.error);
    const data = collected.value;
    expect(Object.keys(data)).toEqual(["collectedAt", ...Object.keys(personTables)]);
    expect(data["person"]).toMatchObject([{ id: userId }]);
    expect(data["roles"]).toMatchObject([{ role: "user" }]);
    expect(data["sessions"]).toMatchObject([{ id: ctx.actor.viewer.sessionId }]);
    const text = JSON.stringify(data);
    for (const secret of ["never-given", other.actor.viewer.userId, "Nobody else"])
      expect(text).not.toContain(secret);
  });

  it("is not for a session without a recent proof", async () => {
    const { actor } = await localPerson();
    const old = contextOf({ ...actor.viewer, confirmedAt: new Date(Date.now() - 601_000) });
    expect(await collectPersonData(old)).toEqual({ ok: false, error: "authentication_not_recent" });
  });
});
