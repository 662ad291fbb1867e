import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { configured } from "@/lib/test-environment";

const root = path.join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const every = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found]) => found!).sort();
const distinct = (values: readonly string[]): string[] => [...new Set(values)];

describe("the commands of the image", () => {
  const built = every(
    /const commands = \{(.*?)\n\};/s.exec(read("deploy/build-commands.mjs"))![1]!,
    /^ +"?([a-z-]+)"?: "/gm,
  );

  it("are those that the deployment document lists", () => {
    const listed = /Commands of the image: (.*?), each/s.exec(read("docs/deployment.md"))![1]!;
    expect(every(listed, /`([a-z-]+)`/g)).toEqual(built);
  });

  it("hold whatever a document, a manifest or compose.yaml starts", () => {
    const files = [
      ...readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".md"))
        .map((file) => `docs/${file}`),
      ...readdirSync(path.join(root, "deploy/kubernetes")).map((file) => `deploy/kubernetes/${file}`),
      ...["README.md", "Dockerfile", "compose.yaml"],
    ];
    const started = distinct(files.flatMap((file) => every(read(file), /commands\/([a-z-]+)\.mjs/g)));
    expect(started).toContain("migrate");
    expect(built).toEqual(expect.arrayContaining(started));
  });
});

describe("compose.yaml", () => {
  const compose = read("compose.yaml");
  const proxy = read("deploy/compose/proxy.conf");

  it("publishes the ports that its proxy listens on, to this machine alone", () => {
    const published = /^ +ports: \[(.*)\]/m.exec(compose)![1]!.split(", ");
    expect(published.every((port) => port.startsWith('"127.0.0.1:'))).toBe(true);
    expect(every(published.join("\n"), /:(\d+)"/g)).toEqual(every(proxy, /listen (\d+);/g));
  });

  it("has an instance at each address that its proxy asks", () => {
    expect(every(compose, /environment: \{ PORT: "(\d+)" \}/g)).toEqual(
      every(proxy, /server 127\.0\.0\.1:(\d+)/g),
    );
  });

  it("builds stages that the Dockerfile has", () => {
    const stages = every(read("Dockerfile"), /^FROM .* AS (\w+)$/gm);
    expect(stages).toEqual(expect.arrayContaining(distinct(every(compose, /target: (\w+)/g))));
  });
});

it("git takes neither the settings of a deployment nor what Vercel's program writes", () => {
  expect(read(".gitignore").split("\n")).toEqual(expect.arrayContaining(["*.env", ".vercel"]));
});

it("npm start is the server itself to whoever sends it a signal", async () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: { start: string } };
  const folder = mkdtempSync(path.join(tmpdir(), "gatehouse-start-"));
  const server =
    'process.once("SIGTERM", () => process.exit(7)); setTimeout(() => {}, 20_000); console.log("there");';
  writeFileSync(path.join(folder, "next"), `#!${process.execPath}\n${server}\n`, { mode: 0o755 });
  // npm starts a script this way, and passes on the signals that it gets.
  const child = spawn("sh", ["-c", `${scripts.start} -p 3001`], {
    env: { NODE_ENV: "production", PATH: `${folder}:${configured("PATH")}` },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await once(child.stdout, "data");
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([7, null]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
