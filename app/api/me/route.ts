import "server-only";
import { apiSuccess } from "@/lib/web/api-answer";
import { apiRoute } from "@/lib/web/api-route";
import { personJson } from "@/lib/web/person-json";

/** Who the caller is. */
export const GET = apiRoute({}, ({ actor: { viewer } }) => Promise.resolve(apiSuccess(personJson(viewer))));
