import { channel } from "node:diagnostics_channel";
import { describe, expect, it } from "vitest";
import { clientAddress } from "./client-address";
import { notePeerAddresses } from "./peer-address";

describe("the client's address (ASVS 4.1.3)", () => {
  it.each<[string, string | null, number, string | null]>([
    ["no proxy is trusted", "203.0.113.7", 0, null],
    ["no header", null, 1, null],
    ["one proxy", "203.0.113.7", 1, "203.0.113.7"],
    ["one proxy, a client that lies", "1.1.1.1, 203.0.113.7", 1, "203.0.113.7"],
    ["two proxies", "1.1.1.1, 203.0.113.7, 10.0.0.1", 2, "203.0.113.7"],
    ["more proxies than entries", "203.0.113.7", 2, null],
    ["IPv6", "2001:db8::7", 1, "2001:db8::7"],
    ["spaces", "1.1.1.1 ,  203.0.113.7  ", 1, "203.0.113.7"],
    ["a name", "1.1.1.1, evil.example", 1, null],
    ["a port", "203.0.113.7:80", 1, null],
    ["nothing behind the comma", "203.0.113.7, ", 1, null],
    ["SQL", "203.0.113.7, '; drop table users --", 1, null],
    ["an empty header", "", 1, null],
    ["a client that claims to be the connection", "203.0.113.7", 0, null],
  ])("%s", (_, header, hops, expected) => {
    expect(clientAddress(new Headers(header === null ? {} : { "x-forwarded-for": header }), hops)).toBe(
      expected,
    );
  });

  it("is that of the connection where no proxy is trusted", () => {
    notePeerAddresses();
    const request = {
      headers: { "x-peer-address": "mine 1.1.1.1" } as Record<string, string>,
      socket: { remoteAddress: "::ffff:203.0.113.7" },
    };
    channel("http.server.request.start").publish({ request });
    expect(clientAddress(new Headers(request.headers), 0)).toBe("203.0.113.7");
    expect(clientAddress(new Headers({ "x-peer-address": "mine 1.1.1.1" }), 0)).toBeNull();
  });
});
