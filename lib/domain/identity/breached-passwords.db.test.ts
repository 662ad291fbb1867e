import { createHash, randomUUID } from "node:crypto";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { isBreached } from "./breached-passwords";
import { changePassword, setPassword } from "./change-password";
import { requestPasswordReset } from "./request-password-reset";
import { resetPassword } from "./reset-password";
import { signUp } from "./sign-up";
import { personWith, tokenIn, waitingMail } from "./testing/mailed";
import { checkBreachedPasswords } from "@/lib/domain/doctor/check-breached-passwords";
import { createSession } from "@/lib/domain/sessions/create-session";
import { liveContext, visitorContext } from "@/lib/domain/tokens/testing/people";
import { log } from "@/lib/platform/log";

// The environment is read once, so the address of the server has to stand in it before anything else is loaded.
const server = await vi.hoisted(async () => {
  const { createServer } = await import("node:http");
  const made = createServer();
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  const { port } = made.address() as AddressInfo;
  const { configure } = await import("@/lib/test-environment");
  configure({ BREACHED_PASSWORDS_URL: `http://127.0.0.1:${String(port)}/range` });
  return made;
});

const ctx = visitorContext();
const before = "the password of before";
const breached = "tr0ub4dor and three friends";
const kept = "nobody has ever leaked this one";
const sha1 = (text: string) => createHash("sha1").update(text).digest("hex").toUpperCase();
const padding = Array.from({ length: 900 }, (_, n) => `${sha1(`padding ${String(n)}`).slice(5)}:0`);

/** What was asked of the service, and how it answers: as the real one does, unless a test says otherwise. */
const asked: { url: string; padded: string | undefined }[] = [];
let answer: RequestListener;
const asItShould: RequestListener = (request, response) => {
  const prefix = request.url?.slice(-5) ?? "";
  const known = [breached, "password"].filter((text) => sha1(text).startsWith(prefix));
  // One that was in no leak comes as padding, with the same digest and a count of nought.
  const unknown = sha1(kept).startsWith(prefix) ? [`${sha1(kept).slice(5)}:0`] : [];
  response.end([...padding, ...known.map((text) => `${sha1(text).slice(5)}:42`), ...unknown].join("\r\n"));
};

server.on("request", (request, response) => {
  asked.push({ url: request.url ?? "", padded: request.headers["add-padding"] as string | undefined });
  answer(request, response);
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  asked.length = 0;
  answer = asItShould;
});

const newcomer = (password: string) => {
  const username = `b${randomUUID().replaceAll("-", "").slice(0, 20)}`;
  return { username, email: `${username}@example.org`, name: null, password };
};

async function signedIn(password: string | null) {
  const { userId, email } = await personWith({ proved: true, password });
  // Failed sign-ins of other tests count against their network, not this one.
  const live = await liveContext((await createSession(ctx, { userId })).id);
  return { email, ctx: { ...live, address: "198.51.100.73" } };
}

describe("a breached password (ASVS 6.2.12)", () => {
  it("makes no account, and one that was in no leak does", async () => {
    expect(await signUp(ctx, newcomer(breached))).toEqual({ ok: false, error: { code: "breached" } });
    expect((await signUp(ctx, newcomer(kept))).ok).toBe(true);
  });

  it("replaces none, by a reset, a change or a first choice; the link and the old one stay good", async () => {
    const { email, ctx: person } = await signedIn(before);
    await requestPasswordReset(ctx, { email });
    const token = tokenIn(await waitingMail(email, "reset_password"));
    expect(await resetPassword(ctx, { token, password: breached })).toEqual({ ok: false, error: "breached" });
    const change = (password: string) =>
      changePassword(person, { current: before, password, endOthers: false });
    expect(await change(breached)).toEqual({ ok: false, error: { code: "breached" } });
    expect((await resetPassword(ctx, { token, password: kept })).ok).toBe(true);
    const without = await signedIn(null);
    expect(await setPassword(without.ctx, { username: null, password: breached, endOthers: false })).toEqual({
      ok: false,
      error: { code: "breached" },
    });
  });

  it("is asked about by five digits of its digest, padded, and the offline list needs no asking", async () => {
    await isBreached(ctx, breached);
    expect(asked).toEqual([{ url: `/range/${sha1(breached).slice(0, 5)}`, padded: "true" }]);
    expect(await signUp(ctx, newcomer("passwordpassword"))).toMatchObject({ ok: false });
    expect(asked).toHaveLength(1);
  });

  it("is the same however its characters were composed", async () => {
    const composed = "caf\u00e9 with seven chairs";
    answer = (_, response) => response.end(`${sha1(composed).slice(5)}:3`);
    expect(await isBreached(ctx, composed.normalize("NFD"))).toBe(true);
  });
});

describe("a service that does not answer as it should", () => {
  const faults: Record<string, RequestListener> = {
    timeout: () => undefined,
    unreachable: (request) => request.socket.destroy(),
    too_large: (_, response) => response.end(`${padding.join("\n")}\n`.repeat(40)),
    redirected: (_, response) => response.writeHead(302, { location: "https://evil.example/" }).end(),
    malformed: (_, response) => response.end("<!doctype html><title>Log in to the network</title>"),
  };

  it.each(Object.keys(faults))(
    "(%s) keeps nobody from choosing a password, and is on the log",
    async (reason) => {
      answer = faults[reason]!;
      const warn = vi.spyOn(log, "warn");
      expect(await isBreached(ctx, breached)).toBe(false);
      expect(warn).toHaveBeenCalledExactlyOnceWith(
        expect.objectContaining({ event: "breached_password_check_failed", reason }),
        expect.anything(),
      );
      expect(JSON.stringify(warn.mock.calls)).not.toContain(sha1(breached).slice(0, 5));
      warn.mockRestore();
    },
  );

  it.each([
    ["an error", (_: unknown, response: Parameters<RequestListener>[1]) => response.writeHead(503).end()],
    ["nothing", (_: unknown, response: Parameters<RequestListener>[1]) => response.end()],
  ])("(%s) is malformed too", async (_, listener) => {
    answer = listener;
    const warn = vi.spyOn(log, "warn");
    expect(await isBreached(ctx, breached)).toBe(false);
    expect(warn).toHaveBeenCalledWith(expect.objectContaining({ reason: "malformed" }), expect.anything());
    warn.mockRestore();
  });

  it("is what the doctor tells", async () => {
    expect(await checkBreachedPasswords()).toMatchObject([{ status: "ok" }]);
    answer = faults["malformed"]!;
    expect(await checkBreachedPasswords()).toMatchObject([
      { status: "warning", text: expect.stringContaining("range of digests") as string },
    ]);
    answer = (_, response) => response.end(padding.join("\r\n"));
    expect(await checkBreachedPasswords()).toMatchObject([
      { status: "warning", text: expect.stringContaining("does not know") as string },
    ]);
  });
});
