import { demoPerson } from "../fixtures";
import { refreshTokensOf } from "./support/demo-journal";
import { setRemaining } from "./support/database";
import { at, kinds, readAtOnce } from "./support/readers";
import { expect, proves, test } from "./support/test";

/** `GATEHOUSE_STORM_ROUNDS=20 npm test -- --only=e2e -- refresh-once` takes longer and proves more. */
const rounds = Number(process.env["GATEHOUSE_STORM_ROUNDS"] ?? 5);
const readersPerRound = 200;

test.describe.configure({ mode: "default" });

test(
  `${String(readersPerRound)} requests at once over two processes at the moment of expiry refresh exactly once, ${String(rounds)} times over`,
  proves({ row: [4, 12], asvs: ["10.4.5"] }),
  async ({ demoPair }, testInfo) => {
    test.setTimeout(60_000 + rounds * 15_000);
    const { instances, rows, providerState } = demoPair;
    const alan = await demoPair.signIn(demoPerson("alan"));
    const atProvider = () => refreshTokensOf(providerState, "alan");
    const before = atProvider().issued.length;
    const took: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      // Over, over this instant, and within the time before the end in which a renewal begins.
      await setRemaining(rows, alan, [-60, 0, 1][round % 3]!);
      const started = performance.now();
      const readings = await readAtOnce(instances.all, alan, readersPerRound);
      took.push(Math.round(performance.now() - started));
      expect(kinds(readings), `round ${String(round)}`).toEqual(["200"]);
      expect(atProvider().issued, `round ${String(round)}`).toHaveLength(before + round);
      expect(atProvider().withdrawn, "the provider has seen no token twice").toEqual([]);
    }
    for (const instance of instances.all)
      expect(await at(instance, alan).get("/api/me"), "still signed in").toMatchObject({ status: 200 });
    const description = `${String(rounds)} rounds of ${String(readersPerRound)}: ${took.join(", ")} ms`;
    testInfo.annotations.push({ type: "figures", description });
  },
);
