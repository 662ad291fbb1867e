import "server-only";
import type postgres from "postgres";

/** Called when a query is sent; what it returns is called with the statement once it has been answered. */
export type QueryObserver = () => (statement: string, failed: boolean) => void;

interface Query extends Promise<unknown> {
  executed: boolean;
  statement?: { readonly string?: string } | null;
  handle(): Promise<void>;
}

/**
 * Has `observer` see every query of every pool. The driver has no place for that, so its queries are given one; it is
 * done when somebody listens and not otherwise.
 */
export function observeQueries(sql: postgres.Sql, observer: QueryObserver): void {
  // Never sent: the driver sends what is awaited.
  const queries = Object.getPrototypeOf(sql`select 1`) as Query;
  const send: (this: Query) => Promise<void> = Reflect.get(queries, "handle");
  queries.handle = function (this: Query) {
    if (this.executed) return send.call(this);
    const answered = observer();
    const sent = send.call(this);
    const done = (failed: boolean) => () => {
      answered(this.statement?.string ?? "", failed);
    };
    void this.then(done(false), done(true));
    return sent;
  };
}
