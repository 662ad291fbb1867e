import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { providerFields } from "./env-provider-fields";
import { accessFor, type Access } from "./routes";
import { apiErrors } from "./shared/api-errors";
import { authorizationErrors } from "./shared/authorization-errors";
import { outcomes } from "./shared/outcomes";
import { rateLimitPolicies } from "./shared/rate-limit-policies";

const root = path.join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const files = ["app", "components", "db", "lib"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map(
    (file) => `${folder}/${file.replaceAll("\\", "/")}`,
  ),
);

/** The cells of every table row of a document. */
const rowsOf = (file: string): string[][] =>
  read(file)
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

describe("every variable of lib/env.ts", () => {
  const variables = [
    ...[...read("lib/env.ts").matchAll(/^ +([A-Z][A-Z0-9_]+): /gm)].map(([, name]) => name!),
    ...Object.keys(providerFields).map((field) => `OIDC_${field}`),
  ];
  const documented = rowsOf("docs/configuration.md").map(([name]) => name);
  const example = read(".env.example");

  it("is found", () => {
    expect(variables).toEqual(expect.arrayContaining(["AUTH_URL", "DATABASE_URL", "SEED_OIDC_ISSUER"]));
  });

  it.each(variables)("%s stands in docs/configuration.md and in .env.example", (name) => {
    expect(documented).toContain(`\`${name}\``);
    expect(example).toMatch(new RegExp(`^(# )?${name}=`, "m"));
  });

  it("and no other stands in .env.example", () => {
    const offered = [...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
    expect(offered.filter((name) => !variables.includes(name!))).toEqual([]);
  });
});

describe("docs/operations.md (ASVS 16.1.1)", () => {
  const text = read("docs/operations.md");
  const described = rowsOf("docs/operations.md").flatMap(
    ([name]) => /^`([a-z_]+)`$/.exec(name ?? "")?.[1] ?? [],
  );
  const logged = files
    .filter((file) => /^(app|lib)\/.+\.tsx?$/.test(file) && !/\.test\.ts$|\/testing\//.test(file))
    .flatMap((file) => [...read(file).matchAll(/\bevent: "([a-z_]+)"/g)].map(([, name]) => name!))
    .filter((name) => name !== "mail");

  it.each([...new Set(logged)])("says what %s means", (name) => {
    expect(described).toContain(name);
  });

  it("has what every alert refers to, and the dashboard and the alerts ask for events that there are", () => {
    const alerts = read("deploy/observability/alerts.yaml");
    const anchors = [...text.matchAll(/^### (.+)$/gm)].map(([, title]) =>
      title!.toLowerCase().replaceAll(" ", "-"),
    );
    const asked = [...alerts.matchAll(/runbook: docs\/operations\.md#([\w-]+)/g)].map(
      ([, anchor]) => anchor!,
    );
    expect(asked).toHaveLength(alerts.match(/- alert:/g)!.length);
    expect(asked.filter((anchor) => !anchors.includes(anchor))).toEqual([]);
    const events = (alerts + read("deploy/observability/dashboard.json")).matchAll(/event=\\?"([a-z_]+)/g);
    expect([...events].map(([, name]) => name!).filter((name) => !described.includes(name))).toEqual([]);
  });
});

describe("docs/rate-limits.md (ASVS 6.1.1)", () => {
  it("has every limit with its points and seconds, and no other", () => {
    const [, , ...rows] = rowsOf("docs/rate-limits.md");
    expect(rows.map(([name, points, seconds]) => [name, points, seconds])).toEqual(
      Object.entries(rateLimitPolicies).map(([name, { points, seconds }]) => [
        `\`${name}\``,
        String(points),
        String(seconds),
      ]),
    );
  });
});

describe("docs/flows", () => {
  const flows = readdirSync(path.join(root, "docs/flows"));

  it.each(flows)("%s has a diagram, whose lines hold no sign that ends a statement in Mermaid", (file) => {
    const text = read(`docs/flows/${file}`);
    const diagrams = [...text.matchAll(/^```mermaid\nsequenceDiagram\n([^`]+)^```$/gm)].map(
      ([, lines]) => lines!,
    );
    expect(diagrams).not.toEqual([]);
    expect(diagrams.join("").match(/[;#]/g)).toBeNull();
  });

  it.each(flows)("%s stands in the table of README.md", (file) => {
    expect(read("README.md")).toContain(`](docs/flows/${file})`);
  });
});

describe("docs/entrypoints.md", () => {
  const rows = rowsOf("docs/entrypoints.md");
  const pages = files.filter((file) => /^app\/(.+\/)?page\.tsx$/.test(file));
  const others = files.filter((file) => /^app\/.+\/(route|actions)\.ts$/.test(file));
  const rowsFor = (file: string): string[][] => rows.filter((cells) => cells.includes(`\`${file}\``));

  it.each(pages)("has %s with the access of the route policy", (file) => {
    const pathname = `/${path.posix.dirname(file).split("/").slice(1).join("/")}`;
    const access = accessFor(pathname);
    expect(access, `${pathname} has no rule in routePolicy`).toBeDefined();
    expect(rowsFor(file).map(([shown, who]) => [shown, who])).toEqual([
      [`\`${pathname}\``, access && inWords(access)],
    ]);
  });

  it.each(others)("has %s, each export with its access", (file) => {
    const exports = [...read(file).matchAll(/^export (?:async function|const) (\w+)/gm)].map(
      ([, name]) => name,
    );
    expect(exports).not.toEqual([]);
    const found = rowsFor(file);
    expect(found.map(([name]) => name).sort()).toEqual(exports.map((name) => `\`${name!}\``).sort());
    for (const cells of found) expect(cells.filter((cell) => cell === "")).toEqual([]);
  });

  it("names no file that is gone", () => {
    const named = rows.flat().flatMap((cell) => /^`(app\/.+)`$/.exec(cell)?.[1] ?? []);
    expect(named.filter((file) => ![...pages, ...others].includes(file))).toEqual([]);
  });
});

function inWords(access: Access): string {
  return access.kind === "permission" ? `permission \`${access.permission}\`` : access.kind.replace("-", " ");
}

describe("docs/errors.md", () => {
  const rows = rowsOf("docs/errors.md");

  it("has every outcome with its status and next step, and no other", () => {
    const documented = rows.filter(([, status = "", , next]) => /^\d{3}$/.test(status) && next !== undefined);
    expect(documented.map(([code, status, , next]) => [code, status, next])).toEqual(
      Object.entries(outcomes).map(([code, { status, next }]) => [`\`${code}\``, String(status), next]),
    );
    for (const [, , when] of documented) expect(when).not.toBe("");
  });

  it("has every code of our API with its status and what leads to it, and no other", () => {
    const documented = rows.filter((cells) => cells.length === 3 && /^\d{3}$/.test(cells[1] ?? ""));
    expect(documented).toEqual(
      Object.entries(apiErrors).map(([code, { status, when }]) => [`\`${code}\``, String(status), when]),
    );
  });

  it("has every error of an authorization response with what it leads to, and no other", () => {
    const documented = rows.filter((cells) => cells.length === 2 && cells[0]?.startsWith("`"));
    expect(documented).toEqual(
      Object.entries(authorizationErrors).map(([error, code]) => [
        `\`${error}\``,
        code === "cancelled" ? (expect.stringContaining("the login page") as string) : `\`${code}\``,
      ]),
    );
  });
});

describe("directives", () => {
  const product = files.filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\.d\.ts$|\/testing\//.test(file),
  );

  it('"use server" stands in files named actions.ts, and in all of them', () => {
    const carriers = product.filter((file) => /^\s*["']use server["']/m.test(read(file)));
    expect(carriers).toEqual(product.filter((file) => path.basename(file) === "actions.ts"));
  });

  /** What the browser shares, what re-exports alone, and what is started by a command. */
  const unmarkable = /\/schemas\.ts$|\.command\.ts$|^lib\/auth\/index\.ts$/;
  const isMarked = (file: string): boolean => read(file).startsWith('import "server-only";');

  it.each(product.filter((file) => /^lib\/(domain|auth)\//.test(file) && !unmarkable.test(file)))(
    '%s begins with import "server-only"',
    (file) => {
      expect(isMarked(file)).toBe(true);
    },
  );

  const webFiles = product.filter((file) => file.startsWith("lib/web/"));

  // The middleware, next.config.ts and instrumentation.ts load these, where the mark would throw or means nothing.
  it.each(webFiles.filter((file) => !isMarked(file)))(
    "%s has no mark, and imports nothing that has one",
    (file) => {
      const imported = [...read(file).matchAll(/^(?:import|export) (?!type )[^;]*?from "([^"]+)";/gm)].map(
        ([, from]) => from!.replace(/^\.\//, "@/lib/web/"),
      );
      const harmless = /^(node:.*|@\/lib\/(env|routes|shared\/.*|platform\/crypto\/session-cookie))$/;
      const sibling = (from: string) =>
        webFiles.includes(`${from.slice(2)}.ts`) && !isMarked(`${from.slice(2)}.ts`);
      expect(imported.filter((from) => !harmless.test(from) && !sibling(from))).toEqual([]);
    },
  );
});
