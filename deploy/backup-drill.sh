#!/usr/bin/env bash
# Takes a backup, restores it beside the original and compares both. Nothing of the original is changed.
#   DATABASE_URL=postgres://… deploy/backup-drill.sh [folder for the backup]
# Needs pg_dump, pg_restore and psql of the server's major version or a later one, and the right to create a database.
# The backup holds sealed tokens and keys: keep TOKEN_ENCRYPTION_KEYS apart from it, and both for as long as each other.
set -euo pipefail

: "${DATABASE_URL:?set it to the PostgreSQL connection string}"
folder="${1:-.}"
stamp="$(date -u +%Y%m%dT%H%M%SZ)"
backup="$folder/gatehouse-$stamp.dump"
copy="gatehouse_drill_$(date -u +%s)"
copy_url="$(sed -E "s#^(postgres(ql)?://[^/]+/)[^?]*#\1$copy#" <<<"$DATABASE_URL")"

umask 077
echo "Backing up to $backup"
pg_dump --format=custom --no-owner --no-privileges --file="$backup" "$DATABASE_URL"

drop() { psql --quiet --dbname="$DATABASE_URL" --command="drop database if exists $copy" >/dev/null; }
trap drop EXIT
psql --quiet --dbname="$DATABASE_URL" --command="create database $copy"
pg_restore --no-owner --no-privileges --exit-on-error --single-transaction --dbname="$copy_url" "$backup"

# Rows of every table, the migrations, and the constraints and indexes, in one list.
describe() {
  psql --quiet --tuples-only --no-align --dbname="$1" <<'SQL'
select format('table %I.%I: %s rows', table_schema, table_name,
  (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I.%I', table_schema, table_name), false, true, '')))[1])
from information_schema.tables
where table_schema in ('public', 'drizzle') and table_type = 'BASE TABLE' order by 1;
select 'migration ' || hash from drizzle.__drizzle_migrations order by created_at;
select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
from pg_constraint where connamespace = 'public'::regnamespace order by 1;
select 'index ' || indexdef from pg_indexes where schemaname = 'public' order by 1;
SQL
}

if difference="$(diff <(describe "$DATABASE_URL") <(describe "$copy_url"))"; then
  echo "Restored and compared: $(describe "$copy_url" | grep -c '^table') tables, all of them alike."
  ls -l "$backup"
else
  echo "The restored copy differs (writes during the backup show here too):" >&2
  echo "$difference" >&2
  exit 1
fi
