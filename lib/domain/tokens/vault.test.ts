import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { isSealedUnderOldKey, openSecret, sealSecret, type Place } from "./vault";
import { seal, unseal, UnsealError } from "@/lib/platform/crypto/sealed-box";
import { log } from "@/lib/platform/log";

const ring = (id: string, byte: number) => [{ id, key: new Uint8Array(32).fill(byte) }];
const place: Place = { table: "provider_tokens", userId: "u1", provider: "oidc", column: "refresh_token" };

describe("a sealed value", () => {
  it("opens in its place and holds nothing readable", () => {
    const sealed = sealSecret(place, "the-token");
    expect(openSecret(place, sealed)).toBe("the-token");
    expect(sealed).not.toContain("the-token");
    expect(Buffer.from(sealed.split(".")[2] ?? "", "base64url").toString("latin1")).not.toContain(
      "the-token",
    );
    expect(sealSecret(place, "the-token")).not.toBe(sealed);
  });

  it.each<[string, Place]>([
    ["another person", { ...place, userId: "u2" }],
    ["another provider", { ...place, provider: "other" }],
    ["another column", { ...place, column: "access_token" }],
    ["parts shifted between person and provider", { ...place, userId: 'u1","oidc', provider: "" }],
    ["a signing key", { table: "signing_keys", kid: "u1" }],
  ])("does not open for %s", (_, other) => {
    expect(openSecret(other, sealSecret(place, "the-token"))).toBeNull();
  });

  it("does not open after any one byte changed", () => {
    const sealed = seal("the-token", "c", ring("k1", 1));
    const [version = "", id = "", body = ""] = sealed.split(".");
    const bytes = Buffer.from(body, "base64url");
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => unseal(`${version}.${id}.${changed.toString("base64url")}`, "c", ring("k1", 1))).toThrow(
        UnsealError,
      );
    }
  });

  it.each(["", "v1", "v1.k1", "v2.k1.AAAA", "v1.k1.AAAA", "v1.k1.AAAA.BBBB", "v1.k1.!!!!"])(
    "refuses %j",
    (value) => {
      expect(() => unseal(value, "c", ring("k1", 1))).toThrow(UnsealError);
    },
  );

  it("does not open under another key of the same id, nor under a shorter tag", () => {
    const sealed = seal("the-token", "c", ring("k1", 1));
    expect(() => unseal(sealed, "c", ring("k1", 2))).toThrow("does not authenticate");
    expect(() => unseal(sealed, "c", ring("k2", 1))).toThrow("key k1, which is not configured");
    const truncated = sealed.slice(0, -6);
    expect(() => unseal(truncated, "c", ring("k1", 1))).toThrow(UnsealError);
  });

  it("names the key and not the value in the log when it does not open", () => {
    const error = vi.spyOn(log, "error").mockImplementation(() => undefined);
    const foreign = seal("the-token", "c", ring("lost-key", 9));
    expect(openSecret(place, foreign)).toBeNull();
    const line = JSON.stringify(error.mock.calls);
    expect(line).toContain('"keyId":"lost-key"');
    expect(line).not.toContain("the-token");
    expect(line).not.toContain(foreign);
    error.mockRestore();
  });

  it("knows when a newer key exists", () => {
    expect(isSealedUnderOldKey(sealSecret(place, "x"))).toBe(false);
    expect(isSealedUnderOldKey(seal("x", "c", ring("older", 1)))).toBe(true);
  });
});

describe("the sources", () => {
  it("seal and open secrets in the vault alone", () => {
    const root = path.resolve(import.meta.dirname, "../../..");
    const importers = ["app", "components", "lib", "db", "dev", "bench"]
      .flatMap((folder) => sources(path.join(root, folder)))
      .filter((file) => /from "[^"]*\/sealed-box"/.test(readFileSync(file, "utf8")))
      .map((file) => path.relative(root, file))
      .filter((file) => !file.endsWith(".test.ts"));
    expect(importers).toEqual(["lib/domain/tokens/vault.ts"]);
  });
});

function sources(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.[cm]?tsx?$/.test(name) && !name.includes("node_modules"))
      .map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}
