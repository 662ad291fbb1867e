import "server-only";

/** Access and refresh tokens: printable ASCII (RFC 6749 appendices A.12 and A.17), of a length that fits a header. */
export const tokenShape = /^[\x20-\x7e]{1,65536}$/;
