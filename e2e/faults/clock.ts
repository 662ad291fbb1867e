import { existsSync } from "node:fs";
import { PlainError } from "../../dev/launch/plain-error";
import { judge, missing, type Fault } from "./support/fault";
import { underLoad } from "./support/load";
import { signInByInstance } from "./support/provider-sign-in";

const library = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"]
  .map((folder) => `${folder}/faketime/libfaketime.so.1`)
  .find((file) => existsSync(file));

export const clockWrong: Fault = {
  name: "clock-wrong",
  expects:
    "one instance five minutes fast, then slow: sessions and passwords as ever; a provider's sign-in works or says why not",
  async run(setting) {
    if (library === undefined) throw new PlainError("libfaketime is not installed: apt-get install faketime");
    const [instance] = setting.front.instances;
    const ends: Record<string, string> = {};
    const load = await underLoad(setting, async ({ broken, mended }) => {
      broken();
      for (const offset of ["+300", "-300"]) {
        const fake = { LD_PRELOAD: library, FAKETIME: offset, FAKETIME_DONT_FAKE_MONOTONIC: "1" };
        await instance.restart(fake);
        ends[offset] = await signInByInstance(setting, instance);
      }
      await instance.restart();
      mended();
    });
    return {
      load,
      seen: Object.entries(ends)
        .map(([offset, end]) => `${offset} s: ${end}`)
        .join(", "),
      unmet: [
        ...judge(load, { failures: [/^cut off/], most: 3, backWithin: 1 }),
        ...missing({
          "fast, a sign-in at the provider ends well": ends["+300"] === "signed-in",
          "slow, it is refused with an outcome": (ends["-300"] ?? "").startsWith("refused "),
        }),
      ],
    };
  },
};
