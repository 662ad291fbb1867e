import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { DeadlineError, withDeadline } from "./deadline";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A connection whose other end says back what it hears. */
async function echo(): Promise<Socket> {
  const server = createServer((socket) => socket.pipe(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await new Promise((resolve) => socket.once("connect", resolve));
  closing.push(() => {
    socket.destroy();
    server.close();
  });
  return socket;
}

function beBusy(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

describe("a deadline", () => {
  it("gives the outcome of what is done in time, and is over when it is not", async () => {
    expect(await withDeadline(Promise.resolve(1), 1_000)).toBe(1);
    await expect(withDeadline(Promise.reject(new Error("broken")), 1_000)).rejects.toThrow("broken");
    for (const milliseconds of [10, 300])
      await expect(withDeadline(new Promise(() => undefined), milliseconds)).rejects.toThrow(DeadlineError);
  });

  it("lets an answer count that came while this process was too busy to read it", async () => {
    const socket = await echo();
    const answer = new Promise((resolve) => socket.once("data", resolve));
    socket.write("x");
    const outcome = withDeadline(answer, 500);
    beBusy(600);
    expect(String(await outcome)).toBe("x");
  });
});
