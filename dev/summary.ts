import type { World } from "./world";
import { people } from "./people";

/** The block that the demo ends its start with: where to go and who may go there. */
export function summary(world: World, hot: boolean): string {
  const { urls } = world;
  const rows = people.map((person) => [
    person.username,
    person.password,
    person.role,
    [person.local && "local", person.provider && world.parts.oidc && "provider"].filter(Boolean).join(" + "),
    note(person),
  ]);
  const addresses = [
    ["Identity provider", urls.issuer],
    ["Messages API", `${urls.api}/api/messages/public`],
    ["Mailbox", urls.mailbox ?? `none, mail goes to ${urls.smtp.replace(/\/\/.*@/, "//")}`],
    ["Database", urls.database.replace(/:[^:@/]*@/, ":…@")],
    ["State and logs", world.stateDir],
  ];
  return [
    "",
    `  Gatehouse runs${hot ? " with hot reload" : ""}:  ${urls.app}`,
    "",
    ...table([["person", "password", "role", "exists", ""], ...rows]),
    "",
    ...table(addresses),
    "",
    "  Ctrl-C stops everything.",
    "",
  ].join("\n");
}

function note({ emailVerified, local, provider, linked }: (typeof people)[number]): string {
  if (!emailVerified) return "e-mail not verified";
  if (local && provider && !linked) return "the two are not linked";
  return "";
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}
