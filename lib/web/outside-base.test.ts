import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { findFreePort } from "@/dev/launch/ports";

/** What a server is asked for once the hook has seen a request for `target`, and the headers it answers with. */
async function askedFor(target: string, ownPort = 0): Promise<{ url: string; sniffed: unknown }> {
  const server = createServer((given, response) => response.end(given.url));
  await new Promise<void>((resolve) => server.listen(ownPort, "localhost", resolve));
  try {
    return await new Promise((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      // Sent as it is: a browser would fold the dots.
      const sent = request({ host: "localhost", port, path: target, agent: false }, (answer) => {
        let url = "";
        answer.setEncoding("utf8").on("data", (text: string) => (url += text));
        answer.on("end", () => {
          resolve({ url, sniffed: answer.headers["x-content-type-options"] });
        });
      });
      sent.on("error", reject).end();
    });
  } finally {
    server.close();
  }
}

async function builtWith(basePath: string, metricsPort = 9464): Promise<void> {
  vi.resetModules();
  vi.stubEnv("BASE_PATH", basePath);
  vi.stubEnv("AUTH_URL", `http://localhost:3000${basePath}`);
  vi.stubEnv("METRICS_PORT", String(metricsPort));
  vi.stubEnv("LOG_LEVEL", "info");
  (await import("./outside-base")).refuseOutside();
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

it("leaves every request alone without a base path", async () => {
  await builtWith("");
  for (const target of ["/", "/profile", "/gate/../profile", "//gate"])
    expect(await askedFor(target)).toEqual({ url: target, sniffed: undefined });
});

it("leaves the server of the metrics alone", async () => {
  const port = await findFreePort();
  await builtWith("/gate", port);
  expect(await askedFor("/metrics", port)).toEqual({ url: "/metrics", sniffed: undefined });
});

it("lets the framework see nothing outside the base path, however it is written", async () => {
  await builtWith("/gate");
  for (const target of ["/gate", "/gate/", "/gate/profile?x=/y", "/gate/a/../profile", "/x/../gate/login"])
    expect((await askedFor(target)).url).toBe(target);
  for (const target of [
    ...["/", "/profile", "/gatex", "/Gate/profile", "/%67ate/profile", "//gate/profile", "/?/gate/profile"],
    ...[
      "/gate/../profile",
      "/gate/..",
      "/gate/%2e%2e/profile",
      "/gate/.%2E/profile",
      "/gate\\..\\profile",
      "*",
    ],
  ])
    expect(await askedFor(target), target).toEqual({ url: "/_next/static/outside", sniffed: "nosniff" });
});
