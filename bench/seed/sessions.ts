import type { Sql } from "postgres";

/** Sessions of the people of {@link seedPeople}: one in ten is live, the others have ended or were ended. */
export async function seedSessions(sql: Sql, count: number, people: number): Promise<void> {
  await sql.unsafe(
    `insert into sessions (token_digest, user_id, method, user_agent, address, authenticated_at, confirmed_at, created_at,
       last_seen_at, idle_timeout_seconds, expires_at, revoked_at, revoked_reason)
     select sha256(('seeded ' || n)::bytea), ('00000000-0000-4000-8000-' || lpad(to_hex(1 + n % $2::int), 12, '0'))::uuid,
       case when n % 3 = 0 then 'email' else 'password' end,
       'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
       '203.0.113.' || n % 250, at, at, at, at, 86400, at + interval '30 days',
       case when n % 10 > 0 then at + interval '1 hour' end, case when n % 10 > 0 then 'signed_out' end
     from (
       select n, now() - (case when n % 10 = 0 then interval '1 day' else interval '90 days' end) * ((n * 7919::bigint) % 1000) / 1000 as at
       from generate_series(1, $1::int) as n
     ) as drawn`,
    [count, people],
  );
}
