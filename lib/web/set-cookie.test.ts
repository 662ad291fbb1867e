import { describe, expect, it } from "vitest";
import { cookieHeaderFor } from "./set-cookie";

const options = { httpOnly: true, sameSite: "lax", path: "/", secure: true, maxAge: 60 } as const;

describe("a Set-Cookie header (ASVS 3.3)", () => {
  it("carries every attribute", () => {
    expect(cookieHeaderFor("__Host-a", "v", options)).toBe(
      "__Host-a=v; Path=/; Max-Age=60; SameSite=Lax; HttpOnly; Secure",
    );
  });

  it("leaves Secure away over plain http, and a domain always", () => {
    const header = cookieHeaderFor("a", "", { ...options, secure: false, maxAge: 0 });
    expect(header).toBe("a=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly");
  });
});
