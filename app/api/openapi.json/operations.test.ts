import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { describeApi } from "@/lib/web/describe-api";
import { operations } from "./operations";

const api = path.join(import.meta.dirname, "..");
/** What OpenID Connect describes, what asks after this process alone, and what is for its operator. */
const elsewhere = /^(auth|health|cron)\//;

const document = describeApi(operations, { server: "http://localhost:3000", sessionCookie: "session" });

describe("the OpenAPI document", () => {
  it("names the paths and methods of the route handlers, and no others", () => {
    const handled = readdirSync(api, { recursive: true, encoding: "utf8" })
      .map((file) => file.replaceAll("\\", "/"))
      .filter((file) => path.posix.basename(file) === "route.ts" && !elsewhere.test(file))
      .flatMap((file) => {
        const pathname = `/api/${path.posix.dirname(file).replace(/\[(\w+)\]/g, "{$1}")}`;
        const source = readFileSync(path.join(api, file), "utf8");
        return [...source.matchAll(/^export (?:async function|const) (\w+)/gm)].map(
          ([, method]) => `${method!} ${pathname}`,
        );
      });
    const described = Object.entries(document["paths"] as Record<string, object>).flatMap(
      ([pathname, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${pathname}`),
    );
    expect(handled.length).toBeGreaterThan(8);
    expect(described.sort()).toEqual(handled.sort());
  });

  it("has the parts of each path that vary", () => {
    for (const [pathname, methods] of Object.entries(operations))
      for (const { params } of Object.values(methods))
        expect(Object.keys(params?.shape ?? {})).toEqual(
          [...pathname.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
        );
  });

  it("is valid by the schema of OpenAPI 3.1", async () => {
    const result = await new Validator().validate({ ...document });
    expect(result).toEqual({ valid: true });
  });
});
