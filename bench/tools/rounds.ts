import { load, type Target } from "./load";
import { cpuSeconds } from "./cpu";

/** One thing to measure against others. */
export interface Contestant extends Target {
  /** The server's process, for its computing time. */
  readonly pid: () => number | undefined;
}

/** What each round found. The same round of two contestants happened within seconds of each other. */
export interface Rounds {
  readonly perSecond: readonly number[];
  /** Milliseconds of the server's computing time for one request. */
  readonly cpu: readonly number[];
  /** What the caller's own meter says, in milliseconds for one request. */
  readonly other: readonly number[];
}

interface Plan {
  readonly rounds: number;
  /** How long one contestant's turn lasts, about. */
  readonly turnSeconds: number;
  /** How long each is loaded before anything is measured, so that everything is compiled and connected. */
  readonly warmUpSeconds: number;
  /** A meter that counts seconds, for example of the database. */
  readonly meter?: () => number;
}

/** Loads the contestants in turn, another one first in each round, so that noise and drift meet all of them. */
export async function interleave<Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  { rounds, turnSeconds, warmUpSeconds, meter = () => NaN }: Plan,
): Promise<Record<Name, Rounds>> {
  const names = Object.keys(contestants) as Name[];
  const found = Object.fromEntries(
    names.map((name) => [name, { perSecond: [], cpu: [], other: [] }]),
  ) as unknown as Record<Name, Record<keyof Rounds, number[]>>;
  const speeds = new Map<Name, number>();
  for (const name of names) speeds.set(name, await warmUp(contestants[name], warmUpSeconds));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of rotated(names, round)) {
      const contestant = contestants[name];
      const amount = Math.ceil((speeds.get(name) ?? 1) * turnSeconds);
      const before = { cpu: cpuSeconds(contestant.pid()), other: meter() };
      const seconds = await load(contestant, amount);
      found[name].perSecond.push(amount / seconds);
      found[name].cpu.push(((cpuSeconds(contestant.pid()) - before.cpu) * 1000) / amount);
      found[name].other.push(((meter() - before.other) * 1000) / amount);
    }
  }
  return found;
}

/** @returns the requests a second at the end of the warm-up. */
async function warmUp(target: Target, seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1_000;
  let speed = 1;
  do {
    const amount = Math.max(50, Math.ceil(speed * 0.5));
    speed = amount / (await load(target, amount));
  } while (performance.now() < until);
  return speed;
}

/** What the first is of the second, round by round. */
export function ratios(ours: readonly number[], baseline: readonly number[]): number[] {
  return ours.map((value, round) => value / (baseline[round] ?? NaN));
}

function rotated<T>(values: readonly T[], by: number): T[] {
  const turned = [...values.slice(by % values.length), ...values.slice(0, by % values.length)];
  return Math.floor(by / values.length) % 2 === 0 ? turned : turned.reverse();
}
