import type { NextConfig } from "next";
import { staticSecurityHeaders } from "./lib/web/security-headers";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  // The product alone: a mistake in a test does not stop a build. `npm run check` looks at everything.
  typescript: { tsconfigPath: "tsconfig.build.json" },
  serverExternalPackages: ["piscina", "@node-rs/argon2", "postgres", "pino", "sharp"],
  outputFileTracingIncludes: { "/**": ["./lib/platform/hashing/argon2-worker.mjs"] },
  headers: () => Promise.resolve([{ source: "/:path*", headers: staticSecurityHeaders }]),
};

export default config;
