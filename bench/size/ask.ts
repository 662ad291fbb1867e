import type { Answers, Order } from "./orders";
import { questions } from "./questions";
import type { Amounts } from "@/bench/seed/fill";
import { database } from "@/db/client";
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

process.on("message", (order: Order) => {
  ("ready" in order ? ready(order.ready) : ask(order.ask)).then(
    (answers) => process.send?.(answers),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on("disconnect", () => process.exit(0));
