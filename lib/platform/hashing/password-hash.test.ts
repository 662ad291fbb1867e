import { afterAll, describe, expect, it, vi } from "vitest";
import { closeHashing } from "./hashing-threads";
import { HashingOverloadedError, hashPassword, inHashingQueue, verifyPassword } from "./password-hash";
import { configure } from "@/lib/test-environment";

configure({ PASSWORD_HASH_CONCURRENCY: "1", PASSWORD_HASH_QUEUE: "2" });

describe("the queue before the hashing threads", () => {
  it("turns away at once whoever is one too many, and takes the next when somebody is through", async () => {
    let finish: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (finish = resolve));
    const inside = Array.from({ length: 3 }, () => inHashingQueue(() => slow));
    await expect(inHashingQueue(() => Promise.resolve("in"))).rejects.toThrow(HashingOverloadedError);
    finish();
    await Promise.all(inside);
    expect(await inHashingQueue(() => Promise.resolve("in"))).toBe("in");
  });

  it("has a place again after a failure", async () => {
    const failing = () => inHashingQueue(() => Promise.reject(new Error("no database")));
    for (let times = 0; times < 5; times += 1) await expect(failing()).rejects.toThrow("no database");
    expect(await inHashingQueue(() => Promise.resolve("in"))).toBe("in");
  });
});

describe("a password whose thread gets no processor", () => {
  afterAll(closeHashing);

  it("is given up after twenty seconds, new or known, so that nobody waits for ever", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const refused = [hashPassword("a password"), verifyPassword("a password", null)].map((answer) =>
      expect(answer).rejects.toThrow(HashingOverloadedError),
    );
    await vi.advanceTimersByTimeAsync(20_000);
    vi.useRealTimers();
    await Promise.all(refused);
  });
});

describe("a hash of a password", () => {
  afterAll(closeHashing);

  it(
    "matches that password in every normal form, and nothing else (NIST SP 800-63B)",
    { timeout: 30_000 },
    async () => {
      const hash = await hashPassword("caf\u00e9 \ufb01ne and long enough");
      expect(hash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
      expect(await verifyPassword("cafe\u0301 fine and long enough", hash)).toBe(true);
      expect(await verifyPassword("cafe fine and long enough", hash)).toBe(false);
      expect(await verifyPassword("caf\u00e9 \ufb01ne and long enough", null)).toBe(false);
    },
  );
});
