-- What every signed-in page asks (lib/domain/sessions/find-session.ts), for pgbench on a database that `npm run bench:seed` filled:
--   pgbench --no-vacuum --file=bench/capacity/session-query.sql --protocol=prepared --client=8 --jobs=2 --time=30 \
--     --define=sessions=3000000 "$DATABASE_URL"
\set n random(1, :sessions)
select s.id as session_id, s.user_id, s.method, s.provider, s.authenticated_at, s.confirmed_at, s.expires_at,
  s.last_seen_at, s.idle_timeout_seconds,
  u.username, u.name, u.email, u.email_verified_at is not null as email_verified, u.image, u.created_at,
  (select coalesce(jsonb_object_agg(k.name, k.permissions), '{}') from user_roles r join roles k on k.name = r.role
    where r.user_id = u.id and r.source = any(array['granted', 'oidc'])) as roles
from sessions s join users u on u.id = s.user_id
where s.token_digest = any((select array[sha256(convert_to('seeded ' || :n, 'UTF8'))])::bytea[])
  and s.revoked_at is null and u.status = 'active' and s.expires_at > now()
  and s.last_seen_at + make_interval(secs => s.idle_timeout_seconds) > now();
