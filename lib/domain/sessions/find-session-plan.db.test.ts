import { expect, it } from "vitest";
import { createSession } from "./create-session";
import { findSession } from "./find-session";
import { sql } from "@/db/client";
import { localPerson, visitorContext } from "@/lib/domain/tokens/testing/people";
import { configure } from "@/lib/test-environment";

configure({ DATABASE_POOL_SIZE: "1" });

/** PostgreSQL decides on the sixth execution whether a prepared statement keeps its plan. */
const executionsBeforeItDecides = 5;

it("is not planned anew for every request where there are many sessions", async () => {
  const { userId } = (await localPerson()).actor.viewer;
  const { token } = await createSession(visitorContext(), { userId });
  await sql()`
    insert into sessions (token_digest, user_id, method, authenticated_at, last_seen_at, idle_timeout_seconds, expires_at)
    select sha256(convert_to(${token} || n, 'UTF8')), ${userId}, 'password', now(), now(), 60, now() + interval '1 day'
    from generate_series(1, 3000) n`;
  await sql()`analyze sessions, users`;
  for (const withIdentity of [false, true])
    for (let at = 0; at < 20; at += 1) expect(await findSession(token, { withIdentity })).not.toBeNull();
  const plans = await sql()`
    select generic_plans::int as kept, custom_plans::int as own from pg_prepared_statements
    where statement like '%token_digest = any%' and statement not like '%pg_prepared_statements%'`;
  expect(plans).toEqual(
    [false, true].map(() => ({ kept: 20 - executionsBeforeItDecides, own: executionsBeforeItDecides })),
  );
});
