import { Agent } from "node:http";
import type { App } from "../../dev/app/server";
import { people } from "../../dev/people";
import { apiPaths, paths } from "../../lib/routes";
import type { Setting } from "../setting";
import { passwordSignIn, type SignIn } from "../sign-in";
import { ask } from "../tools/stream";

/** What people do, one request each; resolves with the moment of the answer's end and rejects at any other answer. */
export type Request = (index: number) => Promise<number>;

export const kinds = ["signed-in page", "API call", "sign-in"] as const;

export type Kind = (typeof kinds)[number];

/** Requests of each kind, spread evenly over the instances. */
export async function requestsTo(
  setting: Setting,
  instances: readonly App[],
): Promise<Record<Kind, Request>> {
  const agent = new Agent({ keepAlive: true });
  const headers = { cookie: await setting.cookie() };
  const at = (index: number) => instances[index % instances.length]?.url ?? "";
  const names = people.filter(({ local }) => local).map(({ username }) => username);
  const forms = new Map<string, SignIn[]>();
  for (const { url } of instances)
    forms.set(url, await Promise.all(names.map((name) => passwordSignIn(url, name))));
  const formOf = (index: number) =>
    forms.get(at(index))?.[Math.floor(index / instances.length) % names.length];
  return {
    "signed-in page": (index) => ask({ url: at(index) + paths.profile, headers }, agent),
    "API call": (index) => ask({ url: at(index) + apiPaths.me, headers }, agent),
    "sign-in": async (index) => {
      await formOf(index)?.();
      return performance.now();
    },
  };
}
