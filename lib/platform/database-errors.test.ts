import { describe, expect, it } from "vitest";
import { isDatabaseUnavailable } from "./database-errors";

/** As the query layer hands a driver's error on. */
const failed = (code: string) =>
  new Error("Failed query", { cause: Object.assign(new Error("x"), { code }) });

describe("a database that cannot be asked", () => {
  it.each([
    ["a name that is not resolved", "EAI_AGAIN"],
    ["a refused connection", "ECONNREFUSED"],
    ["a network without a way", "EHOSTUNREACH"],
    ["a pooler without a server", "08P01"],
    ["a lost connection", "08006"],
    ["a standby after a failover", "25006"],
    ["a transaction that waited too long", "25P03"],
    ["a full disk", "53100"],
    ["no memory", "53200"],
    ["too many connections", "53300"],
    ["a lock that was not had", "55P03"],
    ["a statement that took too long", "57014"],
    ["a shutdown", "57P01"],
    ["a start", "57P03"],
    ["a broken disk", "58030"],
  ])("is one behind %s", (_, code) => {
    expect(isDatabaseUnavailable(failed(code))).toBe(true);
  });

  it.each([
    ["a row that is there already", "23505"],
    ["a wrong statement", "42601"],
    ["a deadlock", "40P01"],
    ["no code", ""],
  ])("is not one that answers with %s", (_, code) => {
    expect(isDatabaseUnavailable(failed(code))).toBe(false);
  });
});
