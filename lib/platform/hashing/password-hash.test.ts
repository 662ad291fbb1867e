import { afterAll, describe, expect, it, vi } from "vitest";
import {
  closeHashing,
  HashingOverloadedError,
  hashPassword,
  inHashingQueue,
  verifyPassword,
} from "./password-hash";
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
