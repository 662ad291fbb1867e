import { describe, expect, it } from "vitest";
import { coarseAddress } from "./coarse-address";
import { describeDevice } from "./describe-device";

const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";

describe("a device", () => {
  it.each([
    [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/140.0.0.0 Safari/537.36`, "Chrome on Linux, computer"],
    [
      `Mozilla/5.0 (Linux; Android 14; Pixel 7) ${webkit} Chrome/140.0.0.0 Mobile Safari/537.36`,
      "Chrome on Android, phone",
    ],
    [
      "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
      "Safari on iOS, tablet",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:128.0) Gecko/20100101 Firefox/128.0",
      "Firefox on macOS, computer",
    ],
    ["", "Unknown device"],
    [null, "Unknown device"],
  ])("%j is called %j", (userAgent, name) => {
    expect(describeDevice(userAgent)).toBe(name);
  });

  it("may call itself anything without harm", () => {
    for (const userAgent of ["<script>", "x".repeat(512), "\u202e", "curl/8.5.0"])
      expect(describeDevice(userAgent)).not.toBe("");
  });
});

describe("a network address", () => {
  it.each([
    ["192.0.2.77", "192.0.2.x"],
    ["::ffff:192.0.2.77", "192.0.2.x"],
    ["2001:db8:7:1::1", "2001:db8:7::x"],
    ["::1", "local"],
  ])("%s is shown as %s", (address, shown) => {
    expect(coarseAddress(address)).toBe(shown);
  });
});
