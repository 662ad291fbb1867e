import path from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;
const alias = { "@": root, "server-only": path.join(root, "node_modules/server-only/empty.js") };

/** `unit` needs no service; `db` runs on the real PostgreSQL at DATABASE_URL, one file after another. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["{app,bench,components,lib,db,dev,e2e}/**/*.test.{ts,tsx}", "*.test.ts"],
          exclude: ["**/*.db.test.ts", "**/node_modules/**"],
          setupFiles: ["./lib/test-environment.ts"],
        },
      },
      {
        resolve: { alias },
        test: {
          name: "db",
          include: ["{lib,db}/**/*.db.test.ts"],
          setupFiles: ["./lib/test-environment.ts"],
          fileParallelism: false,
          testTimeout: 30_000,
        },
      },
    ],
  },
});
