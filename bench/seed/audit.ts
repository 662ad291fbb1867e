import type { Sql } from "postgres";

/** Rows of the audit log about the people of `seedPeople`, a year of them, in order; most are sign-ins. */
export async function seedAudit(sql: Sql, count: number, people: number): Promise<void> {
  await sql.unsafe(
    `insert into audit_events (at, event, actor_id, subject_id, request_id, address, details)
     select now() - interval '365 days' * (1 - n / $1::float8),
       (array['authn_login_success', 'authn_login_success', 'authn_login_success', 'session_logout', 'session_logout',
         'authn_login_fail', 'session_revoked', 'user_updated', 'authz_fail', 'authz_change'])[1 + n % 10],
       person, person, 'seeded', '203.0.' || n / 7 % 113 || '.' || n % 250, '{"method": "password"}'
     from (
       select n, ('00000000-0000-4000-8000-' || lpad(to_hex(1 + (n * 7919::bigint) % $2::int), 12, '0'))::uuid as person
       from generate_series(1, $1::int) as n
     ) as drawn`,
    [count, people],
  );
}
