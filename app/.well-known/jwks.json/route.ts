import "server-only";
import { describeKeys } from "@/lib/domain/issuer/describe-issuer";
import { publicRoute } from "@/lib/web/public-route";

/** The public keys of the access tokens that we issue (RFC 7517). A new key is here ten minutes before it signs. */
export const GET = publicRoute("application/jwk-set+json", () => describeKeys(new Date()));
