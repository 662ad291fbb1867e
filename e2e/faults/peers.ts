import { setTimeout as sleep } from "node:timers/promises";
import { endOf, pressProviderButton } from "../attacks/support/oidc";
import { Visitor } from "../attacks/support/visitor";
import { demoPerson } from "../fixtures/people";
import { signInAtDemo } from "../tokens/support/demo-pair";
import { judge, missing, type Fault } from "./support/fault";
import { underLoad } from "./support/load";

export const providerDown: Fault = {
  name: "provider-down",
  expects:
    "only calls with tokens to renew fail, by 502 or 503; sign-ins there show an outcome page, and work afterwards",
  async run(setting) {
    const provider = setting.world.parts.oidc!;
    const { url } = setting;
    let outcome = "";
    const load = await underLoad(setting, async ({ broken, mended }) => {
      broken();
      await provider.stop();
      // What is in memory of its documents is too old, and so is every token.
      for (const instance of setting.front.instances) await instance.restart();
      await setting.sql`update provider_tokens set expires_at = now() - interval '1 minute'`;
      const visitor = new Visitor(url);
      const end = await endOf(visitor, await pressProviderButton(visitor));
      outcome = end.kind === "refused" ? `${String(end.status)} ${end.code}` : end.kind;
      await sleep(setting.full ? 300_000 : 20_000);
      await provider.start();
      mended();
    });
    const again = await signInAtDemo({ url, issuer: setting.world.urls.issuer }, demoPerson("alan"));
    return {
      load,
      seen: `a sign-in there ended with ${outcome}`,
      unmet: [
        ...judge(load, { failures: [/^\/api\/messages\/protected 50[23]$/], backWithin: 20 }),
        ...missing({
          "a sign-in at the provider ends on an outcome page": /^50[23] /.test(outcome),
          "sign-ins there work again": (await again.get("/api/me")).status === 200,
        }),
      ],
    };
  },
};

export const apiDown: Fault = {
  name: "api-down",
  expects: "its messages answer 502 or 503, everything else goes on; back at once",
  async run(setting) {
    const api = setting.world.parts.api!;
    let page = 0;
    const load = await underLoad(setting, async ({ broken, mended }) => {
      broken();
      await api.stop();
      page = (await setting.caller.get("/protected")).status;
      await sleep(setting.full ? 300_000 : 15_000);
      await api.start();
      mended();
    });
    return {
      load,
      seen: `the page of the message: ${String(page)}`,
      unmet: [
        ...judge(load, { failures: [/^\/api\/messages\/protected 50[23]$/], backWithin: 2 }),
        ...missing({ "the page of the message is shown": page > 0 && page !== 500 }),
      ],
    };
  },
};
