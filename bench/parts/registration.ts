import { randomBytes } from "node:crypto";
import type { Measuring } from "../measuring";
import { figure, type Row } from "../report";
import type { Setting } from "../setting";
import { cpuSeconds } from "../tools/cpu";
import { median } from "../tools/statistics";

const rounds = 5;
const perRound = 40;
const atOnce = 8;

/** Sign-ups through the API, eight at a time, against the hashes alone that they cannot do without. */
export async function measureRegistration(setting: Setting, measuring: Measuring): Promise<Row[]> {
  const product = await setting.product();
  const inside = await setting.inside();
  const found = await measuring(async () => {
    await signUps(product.url, perRound);
    const speeds: number[] = [];
    const cpu: number[] = [];
    const limits: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const before = cpuSeconds(product.part.pid);
      const seconds = await signUps(product.url, perRound);
      speeds.push(perRound / seconds);
      cpu.push(((cpuSeconds(product.part.pid) - before) * 1_000) / perRound);
      limits.push(await inside.ask<"hash">({ kind: "hash", seconds: 1.5, concurrency: atOnce }));
    }
    return { speed: median(speeds), cpu: median(cpu), limit: median(limits) };
  });
  return [
    {
      name: "Sign-ups a second against the machine's argon2id alone",
      ours: figure(found.speed),
      baseline: figure(found.limit),
      ratio: found.speed / found.limit,
      target: "",
    },
    { name: "  computing time of one (ms)", ours: figure(found.cpu), baseline: "", ratio: null, target: "" },
  ];
}

/** @returns how many seconds they took. */
async function signUps(url: string, amount: number): Promise<number> {
  let left = amount;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left > 0) {
        left -= 1;
        const username = `bench-${randomBytes(8).toString("hex")}`;
        const answer = await fetch(`${url}/api/users`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({
            username,
            email: `${username}@example.com`,
            password: `a walk along ${randomBytes(8).toString("hex")}`,
          }),
        });
        await answer.arrayBuffer();
        if (answer.status !== 201) throw new Error(`A sign-up was answered with ${String(answer.status)}.`);
      }
    }),
  );
  return (performance.now() - start) / 1_000;
}
