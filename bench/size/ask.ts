import type { Answers, Order } from "./orders";
import { questions } from "./questions";
import type { Amounts } from "@/bench/seed/fill";
import { database } from "@/db/client";
import { exportEvents } from "@/lib/domain/audit/export-events";
import { sealEvents } from "@/lib/domain/audit/seal-events";
import type { Context } from "@/lib/domain/context";
import { rollUpEvents } from "@/lib/domain/figures/roll-up-events";

// The process that asks one database, with the product's verbs. Started by run.ts, which gets the times.

const calls = 100;
const warmUps = 10;

const ctx: Context = {
  actor: { kind: "system", name: "bench" },
  requestId: "bench",
  address: null,
  userAgent: null,
  now: () => new Date(),
  db: database(),
};

let amounts: Amounts = { people: 0, sessions: 0, audit: 0 };

/** Chain and figures as they are where the scheduled tasks run. */
async function ready(given: Amounts): Promise<Answers> {
  amounts = given;
  while (((await sealEvents(database())) ?? 0) > 0);
  while (((await rollUpEvents(database())) ?? 0) > 0);
  return { names: Object.keys(questions) };
}

async function ask(name: string): Promise<Answers> {
  const times: number[] = [];
  for (let call = -warmUps; call < calls; call += 1) {
    const start = performance.now();
    await questions[name]?.(ctx, amounts);
    if (call >= 0) times.push(performance.now() - start);
  }
  return { times };
}

/** The whole log, as a download gets it. */
async function exportAll(format: "csv"): Promise<Answers> {
  const start = performance.now();
  let bytes = 0;
  let rows = 0;
  const memory = { first: 0, most: 0 };
  for await (const piece of await exportEvents(ctx, { format, filter: {} })) {
    bytes += Buffer.byteLength(piece);
    rows += piece.split("\n").length - 1;
    memory.most = Math.max(memory.most, process.memoryUsage.rss() / 1e6);
    if (rows <= amounts.audit / 10) memory.first = memory.most;
  }
  return { exported: { megabytes: bytes / 1e6, seconds: (performance.now() - start) / 1_000, memory } };
}

function carryOut(order: Order): Promise<Answers> {
  if ("ready" in order) return ready(order.ready);
  return "ask" in order ? ask(order.ask) : exportAll(order.export);
}

process.on("message", (order: Order) => {
  carryOut(order).then(
    (answers) => process.send?.(answers),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on("disconnect", () => process.exit(0));
