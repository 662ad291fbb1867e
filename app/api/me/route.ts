import "server-only";
import { success } from "@/lib/shared/result";
import { endpoint } from "@/lib/web/endpoint";
import { personJson } from "@/lib/web/person-json";
import { readMe } from "./operation";

/** Who the caller is. */
export const GET = endpoint(readMe, ({ actor: { viewer } }) => Promise.resolve(success(personJson(viewer))));
