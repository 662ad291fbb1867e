interface CookieOptions {
  readonly httpOnly: boolean;
  readonly sameSite: "lax";
  readonly path: string;
  readonly secure: boolean;
  /** Seconds. */
  readonly maxAge: number;
}

/** A `Set-Cookie` header (RFC 6265 section 4.1). `value` must need no quoting. */
export function cookieHeaderFor(name: string, value: string, options: CookieOptions): string {
  const attributes = [
    `${name}=${value}`,
    `Path=${options.path}`,
    `Max-Age=${String(options.maxAge)}`,
    "SameSite=Lax",
    ...(options.httpOnly ? ["HttpOnly"] : []),
    ...(options.secure ? ["Secure"] : []),
  ];
  return attributes.join("; ");
}
