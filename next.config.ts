import type { NextConfig } from "next";
import { basePath, basePathAdvice, basePathShape } from "./lib/shared/base-path";
import { staticSecurityHeaders } from "./lib/web/security-headers";

if (!basePathShape.test(basePath)) throw new Error(`BASE_PATH ${basePathAdvice}.`);

const openTelemetry = (name: string) => `@opentelemetry/${name}`;

const config: NextConfig = {
  basePath,
  // What of the environment is written into the scripts.
  env: { BASE_PATH: basePath },
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  // The product alone: a mistake in a test does not stop a build. `npm run check` looks at everything.
  typescript: { tsconfigPath: "tsconfig.build.json" },
  serverExternalPackages: [
    ...["piscina", "@node-rs/argon2", "postgres", "pino", "sharp"],
    ...["api", "context-async-hooks", "core", "resources", "sdk-metrics", "sdk-trace-base"].map(
      openTelemetry,
    ),
    ...["exporter-prometheus", "exporter-metrics-otlp-http", "exporter-trace-otlp-http"].map(openTelemetry),
  ],
  // The image is made of this; `npm start` has no use for it.
  ...(process.env["NEXT_OUTPUT"] === "standalone" && { output: "standalone" }),
  // What is found by its path at run time: the worker with what it loads, and what readiness compares the database with.
  outputFileTracingIncludes: {
    "/**": [
      "./lib/platform/hashing/argon2-worker.mjs",
      "./node_modules/@node-rs/argon2*/**",
      "./node_modules/piscina/**",
      "./db/migrations/**",
    ],
  },
  // Whatever lies there at build time belongs to no image.
  outputFileTracingExcludes: { "/**": ["./.env*", "./.dev*/**", "./test-results/**"] },
  headers: () => Promise.resolve([{ source: "/:path*", headers: staticSecurityHeaders }]),
};

export default config;
