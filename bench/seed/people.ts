import type { Sql } from "postgres";

const given =
  "ada,grace,alan,katherine,edsger,barbara,donald,margaret,dennis,frances,john,radia,tim,shafi,leslie,adele,ken,hedy,linus,mary,annie,dorothy,vint,karen,james,evelyn,claude,jean,niklaus,joan,tony,lynn,butler,elizabeth,whitfield,sophie,guido,anita,bjarne,susan";
const family =
  "lovelace,hopper,turing,johnson,dijkstra,liskov,knuth,hamilton,ritchie,allen,backus,perlman,goldwasser,lamport,goldberg,thompson,lamarr,torvalds,jackson,easley,vaughan,cerf,jones,gosling,boyd,shannon,bartik,wirth,clarke,hoare,conway,lampson,feinler,diffie,wilson,rossum,borg,stroustrup,graham,kay,mccarthy,minsky,engelbart,rivest,shamir,adleman,hellman,tarjan,karp,cook,yao,milner,floyd,iverson,wilkes,hamming,newell,simon,perlis,bachman";

/** The user name of the person with this number, from 1 on. */
export function usernameOf(n: number): string {
  const [first, last] = [given.split(","), family.split(",")];
  return `${first[(n * 31) % 40] ?? ""}.${last[Math.floor(n / 40) % 60] ?? ""}${String(n)}`;
}

/**
 * People such as a site collects over three years: nine in ten with a proved address, seven in ten with a password, four in
 * ten with an identity at the provider, a few suspended, a few about to be deleted, ten administrators in a million.
 */
export async function seedPeople(sql: Sql, count: number): Promise<void> {
  await sql.begin(async (tx) => {
    await tx.unsafe(
      `insert into users (id, username, name, email, email_verified_at, status, suspended_at, suspension_reason, deletion_due_at, created_at, updated_at, last_seen_at)
       select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
         g || '.' || f || n, initcap(g || ' ' || f), g || '.' || f || n || '@example' || n % 50 || '.org',
         case when n % 10 > 0 then made end,
         case when n % 500 = 7 then 'suspended' else 'active' end,
         case when n % 500 = 7 then made end, case when n % 500 = 7 then 'Seeded' end,
         case when n % 1000 = 3 then now() + interval '3 days' end,
         made, made,
         case when n % 20 > 0 then made + (now() - made) * ((n::bigint * 7919) % 1000) / 1000 end
       from (
         select n, (string_to_array($2, ','))[1 + (n::bigint * 31) % 40] as g, (string_to_array($3, ','))[1 + (n / 40) % 60] as f,
           now() - interval '3 years' * ((n::bigint * 104729) % 1000003) / 1000003 as made
         from generate_series(1, $1::int) as n
       ) as drawn`,
      [count, given, family],
    );
    await tx.unsafe(
      `insert into user_roles (user_id, role)
       select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'user' from generate_series(1, $1::int) as n`,
      [count],
    );
    await tx.unsafe(
      `insert into user_roles (user_id, role)
       select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'admin'
       from generate_series(1, $1::int, 100000) as n`,
      [count],
    );
    await tx.unsafe(
      `insert into credentials (user_id, password_hash)
       select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'no password has this hash'
       from generate_series(1, $1::int) as n where n % 10 < 7`,
      [count],
    );
    await tx.unsafe(
      `insert into accounts (user_id, provider, issuer, subject)
       select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'oidc', 'https://id.example.org',
         'auth0|' || md5(n::text)
       from generate_series(1, $1::int) as n where n % 10 >= 6`,
      [count],
    );
  });
}
