import { afterAll, expect, it, vi } from "vitest";
import { sql as connection, database } from "@/db/client";
import { userRoles } from "@/db/schema";
import { liveContext, localPerson } from "@/lib/domain/tokens/testing/people";

const endpoint = await vi.hoisted(async () =>
  (await import("@/lib/domain/tokens/testing/environment")).configuredEndpoint(),
);

afterAll(async () => {
  await connection().end();
  await endpoint.stop();
});

it.each([
  ["granted here", "granted", true],
  ["claimed by a configured provider", "oidc", true],
  ["claimed by a provider that is configured no longer", "gone", false],
])("a role that was %s counts accordingly", async (_, source, counts) => {
  const { userId, sessionId } = (await localPerson()).actor.viewer;
  await database().insert(userRoles).values({ userId, role: "admin", source });
  const { viewer } = (await liveContext(sessionId)).actor;
  expect(viewer.roles.includes("admin")).toBe(counts);
});
