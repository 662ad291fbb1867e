import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const every = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found]) => found!).sort();
const once = (values: readonly string[]): string[] => [...new Set(values)];

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
    const started = once(files.flatMap((file) => every(read(file), /commands\/([a-z-]+)\.mjs/g)));
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
    expect(stages).toEqual(expect.arrayContaining(once(every(compose, /target: (\w+)/g))));
  });
});

it("git takes neither the settings of a deployment nor what Vercel's program writes", () => {
  expect(read(".gitignore").split("\n")).toEqual(expect.arrayContaining(["*.env", ".vercel"]));
});
