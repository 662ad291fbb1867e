import type postgres from "postgres";

type Client = postgres.Sql | postgres.TransactionSql;

/**
 * A client for Drizzle that prepares each statement once a connection. Drizzle sends its statements unnamed, and the
 * driver asks PostgreSQL to describe those every time: a round trip and a parse more for each. With
 * `DATABASE_PREPARE=false` the driver leaves them unnamed all the same.
 */
export function prepareStatements<Given extends Client>(client: Given): Given {
  return new Proxy(client, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      const method = member as (...given: unknown[]) => unknown;
      if (name === "unsafe")
        return (query: string, parameters: unknown[]) => method(query, parameters, { prepare: true });
      if (name === "begin" || name === "savepoint")
        return (...given: unknown[]) => method(...given.map(withPreparing));
      return method;
    },
  });
}

function withPreparing(argument: unknown): unknown {
  if (typeof argument !== "function") return argument;
  const work = argument as (transaction: postgres.TransactionSql) => unknown;
  return (transaction: postgres.TransactionSql) => work(prepareStatements(transaction));
}
