/** Headers that the middleware sets on the request, replacing whatever a client sent under these names. */
export const requestIdHeader = "x-request-id";
/** Set before the middleware, by the server itself: see peer-address.ts. */
export const peerAddressHeader = "x-peer-address";
/** The path with its query. */
export const requestPathHeader = "x-request-path";
/** The path alone. */
export const pathnameHeader = "x-pathname";
export const nonceHeader = "x-nonce";
