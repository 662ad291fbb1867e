import { describe, expect, it } from "vitest";
import { isSameOrigin } from "./same-origin";

const ours = "https://app.example";

describe("the origin of a request (ASVS 3.5.1)", () => {
  it.each<[string, Record<string, string>, boolean]>([
    ["our own", { origin: ours }, true],
    ["our own, whatever the metadata says", { origin: ours, "sec-fetch-site": "cross-site" }, true],
    ["no origin, from our own page", { "sec-fetch-site": "same-origin" }, true],
    ["nothing", {}, false],
    ["an empty origin", { origin: "" }, false],
    ["a sandboxed or hidden origin", { origin: "null", "sec-fetch-site": "same-origin" }, false],
    ["another site", { origin: "https://evil.example" }, false],
    ["another port", { origin: `${ours}:8443` }, false],
    ["the other scheme", { origin: "http://app.example" }, false],
    ["a subdomain", { origin: "https://x.app.example" }, false],
    ["our name at the front", { origin: `${ours}.evil.example` }, false],
    ["our name and a slash", { origin: `${ours}/` }, false],
    ["our name in capitals", { origin: "https://APP.example" }, false],
    ["two origins", { origin: `${ours}, https://evil.example` }, false],
    ["a sibling site", { "sec-fetch-site": "same-site" }, false],
    ["another site, by metadata", { "sec-fetch-site": "cross-site" }, false],
    ["the address bar", { "sec-fetch-site": "none" }, false],
  ])("%s", (_, headers, expected) => {
    expect(isSameOrigin(new Headers(headers), ours)).toBe(expected);
  });
});
