import "server-only";
import { describeIssuer } from "@/lib/domain/issuer/describe-issuer";
import { publicRoute } from "@/lib/web/public-route";

/** Metadata of this application as an issuer of access tokens (RFC 8414). */
export const GET = publicRoute("application/json", () => Promise.resolve(describeIssuer()));
