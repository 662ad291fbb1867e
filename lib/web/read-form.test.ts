import { describe, expect, it } from "vitest";
import { readForm } from "./read-form";

const urlEncoded = "application/x-www-form-urlencoded";

function request(body: BodyInit | null, type: string): Request {
  return new Request("http://localhost/", {
    method: "POST",
    headers: { "content-type": type },
    body,
    ...{ duplex: "half" },
  });
}

const inChunks = (text: string) => new Blob([text]).stream();

describe("the form of a request", () => {
  it("is read whether or not its length is announced", async () => {
    for (const body of ["a=1&b=%20", inChunks("a=1&b=%20")]) {
      const form = await readForm(request(body, urlEncoded));
      expect([form?.("a"), form?.("b"), form?.("c")]).toEqual(["1", " ", null]);
    }
  });

  it("has no field that is given twice", async () => {
    expect((await readForm(request("a=1&a=2", urlEncoded)))?.("a")).toBeNull();
  });

  it.each<[string, BodyInit | null, string]>([
    ["too large", `a=${"x".repeat(20_000)}`, urlEncoded],
    ["too large and sent in chunks", inChunks(`a=${"x".repeat(20_000)}`), urlEncoded],
    ["JSON", '{"a":1}', "application/json"],
    ["of no type", "a=1", ""],
    ["a multipart form that breaks off", "--x", "multipart/form-data; boundary=x"],
    ["a multipart form without a boundary", "--x", "multipart/form-data"],
  ])("is none when it is %s", async (_, body, type) => {
    expect(await readForm(request(body, type))).toBeNull();
  });

  it("may be empty", async () => {
    expect((await readForm(request(null, urlEncoded)))?.("a")).toBeNull();
  });
});
