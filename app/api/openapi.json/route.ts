import "server-only";
import { ownUrl } from "@/lib/env";
import { describeApi } from "@/lib/web/describe-api";
import { publicRoute } from "@/lib/web/public-route";
import { sessionCookieName } from "@/lib/web/session-cookie";
import { operations } from "./operations";

/** The OpenAPI document of our API. */
export const GET = publicRoute("application/json", () =>
  Promise.resolve(describeApi(operations, { server: ownUrl(), sessionCookie: sessionCookieName() })),
);
