import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { removeState, startWorld } from "./world";

const stateDir = mkdtempSync(join(tmpdir(), "gatehouse-world-"));
const application = createServer();
const free = { postgres: 0, oidc: 0, api: 0, smtp: 0, mailbox: 0 };

const start = (app: number, only?: ["mailbox"]) =>
  startWorld({ stateDir, environment: {}, ports: { ...free, app }, ...(only && { only }) });

beforeAll(async () => {
  application.listen(0);
  await once(application, "listening");
});

afterAll(async () => {
  application.close();
  await removeState(stateDir);
});

it("starts parts again beside an application that runs on, and a whole world only where nothing does", async () => {
  const { port } = application.address() as AddressInfo;
  const parts = await start(port, ["mailbox"]);
  await parts.stop();
  await expect(start(port)).rejects.toThrow(`Port ${String(port)} is in use`);
}, 30_000);
