import { afterEach, expect, it, vi } from "vitest";

const settings = {
  AUTH_SECRET: "q8Zr2LxVn5Ky7TbWc4Pd9Mg3Hs6Jf1Aa",
  DATABASE_URL: "postgres://localhost/app",
  TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
};

async function nameAt(AUTH_URL: string, BASE_PATH: string): Promise<string> {
  vi.resetModules();
  for (const [name, value] of Object.entries({ ...settings, AUTH_URL, BASE_PATH })) vi.stubEnv(name, value);
  const { cookieName } = await import("./cookie-name");
  return cookieName("session");
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

it.each([
  ["http://localhost:3000", "", "gatehouse.session"],
  ["https://app.example.org", "", "__Host-gatehouse.session"],
  ["https://example.org/gate", "/gate", "__Host-gatehouse~gate.session"],
  ["https://example.org/gate/keeper", "/gate/keeper", "__Host-gatehouse~gate~keeper.session"],
])("a session at %s is in a cookie that no neighbour on the host has", async (url, basePath, name) => {
  expect(await nameAt(url, basePath)).toBe(name);
});
