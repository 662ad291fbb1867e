import { describe, expect, it } from "vitest";
import { maxFormBytes, readForm } from "./read-form";

const address = "http://localhost/form";

function multipart(entries: readonly (readonly [string, string | Blob])[]): Request {
  const body = new FormData();
  for (const [name, value] of entries) body.append(name, value);
  return new Request(address, { method: "POST", body });
}

const file = (bytes: number) => new File([new Uint8Array(bytes)], "me.png", { type: "image/png" });

describe("a form", () => {
  it("tells texts from files", async () => {
    const form = await readForm(
      multipart([
        ["text", "a"],
        ["file", file(3)],
      ]),
    );
    expect([form?.("text"), form?.("file"), form?.("none")]).toEqual(["a", null, null]);
    expect([form?.file("file")?.size, form?.file("text"), form?.file("none")]).toEqual([3, null, null]);
  });

  it("has a field once or not at all", async () => {
    const twice = multipart([
      ["text", "a"],
      ["text", "b"],
      ["file", file(1)],
      ["file", file(2)],
    ]);
    const form = await readForm(twice);
    expect([form?.("text"), form?.file("file")]).toEqual([null, null]);
  });

  it("is read up to its limit and no further, whether or not it says how long it is", async () => {
    const large = 5 * 1024 * 1024;
    expect(await readForm(multipart([["file", file(maxFormBytes)]]))).toBeNull();
    const form = await readForm(multipart([["file", file(large)]]), large + 1_000);
    expect(form?.file("file")?.size).toBe(large);
    expect(await readForm(multipart([["file", file(large)]]), large)).toBeNull();

    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1_024;
        controller.enqueue(new Uint8Array(1_024));
      },
    });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const init = { method: "POST", headers, body: endless, duplex: "half" } as RequestInit;
    expect(await readForm(new Request(address, init))).toBeNull();
    expect(sent).toBeLessThan(2 * maxFormBytes);
  });

  it.each(["application/json", "text/plain", ""])("is not %j", async (type) => {
    const request = new Request(address, { method: "POST", headers: { "content-type": type }, body: "a=b" });
    expect(await readForm(request)).toBeNull();
  });
});
