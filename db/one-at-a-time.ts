import type postgres from "postgres";

/**
 * A client that sends nothing behind a statement whose end is not there yet, for `DATABASE_PREPARE=false`. There the driver
 * asks what a statement's parameters are before it sends them, in two messages; a pooler in transaction mode that has just
 * seen the end of the statement before gives the server away between the two, and the answer never comes (PgBouncer 1.18:
 * "got packet from server when not linked"). Statements within a transaction keep their server and need none of this.
 */
export function oneAtATime(client: postgres.Sql): postgres.Sql {
  return new Proxy(client, {
    apply(target, _, given) {
      const made: unknown = Reflect.apply(target, undefined, given);
      if (isQuery(made)) made.options.onexecute = isFull;
      return made;
    },
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (name !== "unsafe" || typeof member !== "function") return member;
      const unsafe = member as (text: string, parameters?: unknown[], options?: object) => unknown;
      return (text: string, parameters: unknown[] = [], options: object = {}) =>
        unsafe(text, parameters, { ...options, onexecute: isFull });
    },
  });
}

/** The driver asks it whether the connection takes another statement; its types do not know it. */
const isFull = () => false;

function isQuery(made: unknown): made is { options: { onexecute?: () => boolean } } {
  return typeof made === "object" && made !== null && "options" in made;
}
