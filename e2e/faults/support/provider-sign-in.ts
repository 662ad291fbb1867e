import { continuation } from "../../attacks/support/oidc";
import { Visitor } from "../../attacks/support/visitor";
import { demoPerson } from "../../fixtures/people";
import { logInAtDemo } from "../../tokens/support/demo-log-in";
import type { FrontInstance } from "./front";
import type { Setting } from "./setting";

/** A whole sign-in at the provider whose every request one instance answers. @returns `signed-in`, or `refused` and why */
export async function signInByInstance({ url, world }: Setting, instance: FrontInstance): Promise<string> {
  const visitor = new Visitor(instance.url);
  const started = await visitor.post("/auth/oidc/oidc", { intent: "sign-in" }, { origin: url });
  const callback = await logInAtDemo(world.urls.issuer, continuation(started), demoPerson("grace"));
  const { status, location } = await visitor.get(callback.slice(url.length));
  const code = new URL(location ?? "/", url).searchParams.get("code");
  if (code !== null) return `refused ${code}`;
  return visitor.sessionCookie === undefined ? `answered ${String(status)}` : "signed-in";
}
