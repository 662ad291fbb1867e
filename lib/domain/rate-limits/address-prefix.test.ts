import { describe, expect, it } from "vitest";
import { addressPrefix } from "./address-prefix";

describe("the network of an address", () => {
  it.each([
    ["203.0.113.7", "203.0.113"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:DB8:0001:2::6", "2001:db8:1:2"],
    ["2001:db8::6", "2001:db8:0:0"],
    ["::1", "0:0:0:0"],
    ["fe80::1%eth0", "fe80:0:0:0"],
    ["2001:db8:1:2:3:4::", "2001:db8:1:2"],
  ])("%s belongs to %s", (address, expected) => {
    expect(addressPrefix(address)).toBe(expected);
  });
});
