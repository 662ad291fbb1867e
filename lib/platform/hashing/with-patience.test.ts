import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OutOfPatienceError, withPatience } from "./with-patience";

const never = () => new Promise<never>(() => undefined);
const after = (milliseconds: number) =>
  new Promise<string>((resolve) => setTimeout(resolve, milliseconds, `after ${String(milliseconds)}`));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("waiting with a second's patience", () => {
  it("ends with an error when no work has ended for a second", async () => {
    const given = expect(withPatience(1_000)(never())).rejects.toThrow(OutOfPatienceError);
    await vi.advanceTimersByTimeAsync(1_000);
    await given;
  });

  it("goes on for as long as one after another ends", async () => {
    const patiently = withPatience(1_000);
    const all = Promise.all([900, 1_800, 2_700].map((due) => patiently(after(due))));
    await vi.advanceTimersByTimeAsync(2_700);
    expect(await all).toEqual(["after 900", "after 1800", "after 2700"]);
  });

  it("is over for all who wait a second after the last end", async () => {
    const patiently = withPatience(1_000);
    const [first, ...others] = [patiently(after(900)), patiently(never()), patiently(never())];
    const told = others.map((other) => expect(other).rejects.toThrow(OutOfPatienceError));
    await vi.advanceTimersByTimeAsync(1_899);
    expect(await first).toBe("after 900");
    expect(vi.getTimerCount()).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    await Promise.all(told);
  });

  it("takes no refusal for an end", async () => {
    const patiently = withPatience(1_000);
    const told = expect(patiently(never())).rejects.toThrow(OutOfPatienceError);
    await vi.advanceTimersByTimeAsync(600);
    await expect(patiently(Promise.reject(new Error("the queue is full")))).rejects.toThrow("full");
    await vi.advanceTimersByTimeAsync(400);
    await told;
  });

  it("begins anew with work that comes after a long pause", async () => {
    const patiently = withPatience(1_000);
    await vi.advanceTimersByTimeAsync(60_000);
    const answer = patiently(after(500));
    await vi.advanceTimersByTimeAsync(500);
    expect(await answer).toBe("after 500");
  });

  it("passes on how the work itself failed, and leaves no timer behind", async () => {
    await expect(withPatience(1_000)(Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(vi.getTimerCount()).toBe(0);
  });
});
