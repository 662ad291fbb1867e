/** For what people have uploaded: opened by itself, it may do nothing at all. */
export const picturePolicy = "default-src 'none'; sandbox";

/**
 * The Content-Security-Policy of a page (ASVS 3.4.3): scripts and styles by nonce alone, forms to ourselves alone.
 * `development` lets the bundler evaluate code for hot reloads.
 */
export function contentSecurityPolicy(
  nonce: string,
  { development, https }: { development: boolean; https: boolean },
): string {
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    // People's pictures live at their providers.
    `img-src 'self' data: https:${https ? "" : " http://localhost:* http://*.localhost:*"}`,
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}
