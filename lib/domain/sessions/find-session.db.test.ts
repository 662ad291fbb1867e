import { expect, it } from "vitest";
import { createSession } from "./create-session";
import { findSession } from "./find-session";
import { revokeSessionByToken } from "./revoke-session";
import { localPerson, visitorContext } from "@/lib/domain/tokens/testing/people";
import { randomToken } from "@/lib/platform/crypto/token";

const ctx = visitorContext();

async function somebody() {
  const { userId } = (await localPerson()).actor.viewer;
  return { userId, token: (await createSession(ctx, { userId })).token };
}

it("looks many sessions up together, and gives each request its own person and nobody else's", async () => {
  const people = await Promise.all(Array.from({ length: 30 }, somebody));
  const [gone] = people.splice(7, 1);
  await revokeSessionByToken(ctx, gone?.token ?? "", "ended_by_person");
  const asked = [...people, ...people.slice(0, 3)];
  const [found, ended, unknown] = await Promise.all([
    Promise.all(asked.map(({ token }, at) => findSession(token, { withIdentity: at % 2 === 0 }))),
    findSession(gone?.token ?? ""),
    findSession(randomToken()),
  ]);
  expect(found.map((session) => session?.viewer.userId)).toEqual(asked.map(({ userId }) => userId));
  expect(new Set(found.map((session) => session?.viewer.sessionId)).size).toBe(people.length);
  expect(found.map((session) => session?.identity)).toEqual(
    asked.map((_, at) => (at % 2 === 0 ? { claims: null } : null)),
  );
  expect([ended, unknown]).toEqual([null, null]);
});

it("does not give the answer of a look-up under way to a request that came after the session ended", async () => {
  const { token } = await somebody();
  const before = findSession(token);
  await new Promise((resolve) => setImmediate(resolve));
  await revokeSessionByToken(ctx, token, "ended_by_person");
  expect(await findSession(token)).toBeNull();
  await before;
});
