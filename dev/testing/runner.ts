import { describe } from "../launch/plain-error";
import type { Count } from "./counts";
import type { Step } from "./steps";

/** Runs steps, one line each, and adds up what they found. A failing step shows its output and the rest goes on. */
export class Runner {
  readonly #only: readonly string[];
  #passed = 0;
  #failed = 0;

  /** @param only names of the steps to run; empty runs all */
  constructor(only: readonly string[]) {
    this.#only = only;
  }

  /** True when the step is to be run. */
  wants(name: string): boolean {
    return this.#only.length === 0 || this.#only.includes(name);
  }

  /** Runs the steps in order, as many at once as said. */
  async run(steps: readonly Step[], atOnce = 1): Promise<void> {
    const waiting = steps.filter((step) => this.wants(step.name));
    const worker = async () => {
      for (let step = waiting.shift(); step; step = waiting.shift()) await this.#runOne(step);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  /** The last line of the output, and the exit code. */
  finish(): number {
    console.log(`${String(this.#passed)} passed, ${String(this.#failed)} failed`);
    return this.#failed === 0 && this.#passed > 0 ? 0 : 1;
  }

  async #runOne(step: Step): Promise<void> {
    const start = performance.now();
    const result = await step
      .run()
      .catch((error: unknown) => ({ passed: 0, failed: 1, output: describe(error) }));
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    this.#passed += result.passed;
    this.#failed += result.failed;
    if (result.failed > 0)
      console.log(`✗ ${step.name} (${seconds} s)${tests(result)}\n${indent(result.output)}`);
    else console.log(`✓ ${step.name} (${seconds} s)${tests(result)}`);
  }
}

function tests({ passed, failed }: Count): string {
  if (passed + failed === 1) return "";
  return failed > 0 ? `: ${String(passed)} passed, ${String(failed)} failed` : `: ${String(passed)} passed`;
}

function indent(output: string): string {
  return output
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}
