import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { hourlyFigures, mailOutbox } from "@/db/schema";
import { inTransaction } from "@/lib/domain/context";
import { visitorContext } from "@/lib/domain/tokens/testing/people";
import { deliverMail, sweepMail } from "./deliver-mail";
import { maxAttempts } from "./delivery-policy";
import { queueMail } from "./queue-mail";
import type { MailContent } from "./render-mail";

const peer = await vi.hoisted(async () => {
  const { startSmtpPeer } = await import("../../../e2e/peers/smtp-server");
  const started = await startSmtpPeer();
  const { configure } = await import("@/lib/test-environment");
  configure({
    SMTP_URL: `smtp://localhost:${String(started.port)}`,
    MAIL_FROM: "Gatehouse <no-reply@gatehouse.example>",
  });
  return started;
});

const content: MailContent = {
  subject: "A subject",
  preview: "A preview",
  heading: "A heading",
  paragraphs: ["Hello <b>you</b> & you."],
  action: { label: "Open", href: "https://app.example.org/x?token=secret-of-the-link&a=b" },
  code: "123 456",
  notes: ["A note."],
};

const inAnHour = () => new Date(Date.now() + 3_600_000);

function queue(changes: Partial<Parameters<typeof queueMail>[1]> = {}, said: Partial<MailContent> = {}) {
  const mail = { to: "ada@example.org", kind: "test", usefulUntil: inAnHour(), ...changes };
  return inTransaction(visitorContext(), (tx) =>
    queueMail(tx, { ...mail, content: { ...content, ...said } }),
  );
}

async function onlyRow() {
  const rows = await database().select().from(mailOutbox);
  expect(rows).toHaveLength(1);
  return rows[0]!;
}

/** Lets the lease or the pause of every mail be over. */
async function letTimePass(): Promise<void> {
  await database()
    .update(mailOutbox)
    .set({ nextAttemptAt: sql`now()` });
}

const messageIds = () => peer.mails.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1]?.trim());

beforeEach(async () => {
  peer.reset();
  await database().delete(mailOutbox);
});
afterAll(() => peer.close());

describe("a mail in the outbox", () => {
  it("is sealed until it is delivered, and erased then", async () => {
    expect(await queue()).toBe("queued");
    const waiting = await onlyRow();
    expect(waiting.contentSealed).toMatch(/^v1\./);
    expect(JSON.stringify(waiting)).not.toContain("secret-of-the-link");
    await deliverMail(database());
    expect(await onlyRow()).toMatchObject({ contentSealed: null, attempts: 1, gaveUpAt: null });
    expect((await onlyRow()).deliveredAt).not.toBeNull();
    expect(peer.mails).toHaveLength(1);
    expect(peer.mails[0]).toMatchObject({ to: ["ada@example.org"] });
    const { raw } = peer.mails[0]!;
    expect(raw).toMatch(/^From: Gatehouse <no-reply@gatehouse\.example>\r$/m);
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(messageIds()).toEqual([`<${waiting.id}@gatehouse.example>`]);
  });

  it("goes with the transaction that wrote it, or not at all", async () => {
    const undone = inTransaction(visitorContext(), async (tx) => {
      await queueMail(tx, { to: "ada@example.org", kind: "test", usefulUntil: inAnHour(), content });
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    await deliverMail(database());
    expect(peer.mails).toEqual([]);
  });

  it("is not sent once it is of no more use", async () => {
    await queue({ usefulUntil: new Date(Date.now() - 1) });
    await deliverMail(database());
    expect(peer.mails).toEqual([]);
    expect(await onlyRow()).toMatchObject({ contentSealed: null, gaveUpReason: "expired" });
  });

  it("is deleted a day after it was finished, and not before", async () => {
    await queue();
    await deliverMail(database());
    await sweepMail(database());
    await onlyRow();
    await database()
      .update(mailOutbox)
      .set({ createdAt: sql`now() - interval '25 hours'` });
    await sweepMail(database());
    expect(await database().select().from(mailOutbox)).toEqual([]);
  });
});

describe("a server that does not take it", () => {
  it.each([
    ["connect", "hang up"],
    ["recipient", { status: 450 }],
    ["data", { status: 451 }],
  ] as const)("at %s by %j is tried again after a pause", async (step, how) => {
    await queue();
    peer.misbehave(step, how);
    await deliverMail(database());
    const waiting = await onlyRow();
    expect(waiting).toMatchObject({ attempts: 1, deliveredAt: null, gaveUpAt: null, maybeSent: false });
    expect(waiting.nextAttemptAt.getTime()).toBeGreaterThan(Date.now());
    peer.reset();
    await deliverMail(database());
    expect(peer.mails, "not before the pause is over").toEqual([]);
    await letTimePass();
    await deliverMail(database());
    expect(peer.mails).toHaveLength(1);
  });

  it.each(["recipient", "data"] as const)("for good at %s gets no second attempt", async (step) => {
    await queue();
    peer.misbehave(step, { status: 550 });
    await deliverMail(database());
    expect(await onlyRow()).toMatchObject({ attempts: 1, contentSealed: null });
    expect((await onlyRow()).gaveUpReason).toMatch(/550$/);
    const counted = and(eq(hourlyFigures.event, "mail_gave_up"), eq(hourlyFigures.method, "test"));
    expect(await database().select().from(hourlyFigures).where(counted)).not.toEqual([]);
  });

  it("is left alone in the end", async () => {
    await queue();
    await database()
      .update(mailOutbox)
      .set({ attempts: maxAttempts - 1 });
    peer.misbehave("connect", "hang up");
    await deliverMail(database());
    expect(await onlyRow()).toMatchObject({ attempts: maxAttempts, contentSealed: null });
    expect((await onlyRow()).gaveUpAt).not.toBeNull();
  });

  it("and hangs up after the message gets one more copy, with the same Message-ID, and no third", async () => {
    await queue();
    peer.misbehave("accepted", "hang up");
    for (let round = 0; round < 3; round += 1) {
      await deliverMail(database());
      await letTimePass();
    }
    expect(peer.mails).toHaveLength(2);
    expect(new Set(messageIds()).size).toBe(1);
    expect((await onlyRow()).gaveUpAt).not.toBeNull();
  });
});

describe("a process that is killed", () => {
  async function killAt(step: "recipient" | "accepted"): Promise<void> {
    const child = fork(path.join(import.meta.dirname, "testing/delivery-process.ts"), {
      execArgv: ["--conditions=react-server", "--import", "tsx"],
    });
    const gone = once(child, "exit");
    peer.misbehave(step, async () => {
      child.kill("SIGKILL");
      await gone;
    });
    await gone;
    peer.misbehave(step, () => undefined);
  }

  it("before DATA leaves the mail for the next, which sends it once", async () => {
    await queue();
    await killAt("recipient");
    expect(peer.mails).toEqual([]);
    await deliverMail(database());
    expect(peer.mails, "not while the lease lasts").toEqual([]);
    await letTimePass();
    await deliverMail(database());
    expect(peer.mails).toHaveLength(1);
    expect((await onlyRow()).deliveredAt).not.toBeNull();
  });

  it("after DATA causes one copy with the same Message-ID", async () => {
    await queue();
    await killAt("accepted");
    await letTimePass();
    await deliverMail(database());
    await letTimePass();
    await deliverMail(database());
    expect(peer.mails).toHaveLength(2);
    expect(new Set(messageIds()).size).toBe(1);
  });
});

it("many deliverers at once send each mail once", async () => {
  for (let n = 0; n < 30; n += 1) await queue({ to: `person-${String(n)}@example.org` });
  await Promise.all([deliverMail(database()), deliverMail(database()), deliverMail(database())]);
  expect(peer.mails.map(({ to }) => to[0]).sort()).toHaveLength(30);
  expect(new Set(messageIds()).size).toBe(30);
});

describe("the limit of an address", () => {
  it("holds for requests at once, and for each kind by itself", async () => {
    const cases = ["ada@example.org", "ADA@example.org", "Ada@Example.ORG"];
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => queue({ to: cases[n % 3]! })));
    expect(answers.filter((answer) => answer === "queued")).toHaveLength(5);
    expect(answers.filter((answer) => answer === "capped")).toHaveLength(15);
    expect(await queue({ kind: "other" })).toBe("queued");
    expect(await queue({ to: "grace@example.org" })).toBe("queued");
  });

  it("is over after an hour", async () => {
    for (let n = 0; n < 6; n += 1) await queue();
    await database()
      .update(mailOutbox)
      .set({ createdAt: sql`now() - interval '61 minutes'` });
    expect(await queue()).toBe("queued");
  });

  it("counts mails to nobody, which are never sent", async () => {
    const answers: string[] = [];
    for (let n = 0; n < 6; n += 1) answers.push(await queue({ audience: "nobody" }));
    expect(answers).toEqual([...Array<string>(5).fill("queued"), "capped"]);
    await deliverMail(database());
    expect(peer.mails).toEqual([]);
    expect(
      await database().select().from(mailOutbox).where(eq(mailOutbox.gaveUpReason, "nobody")),
    ).toHaveLength(5);
  });
});

describe("header injection", () => {
  it.each([
    "ada@example.org\r\nBcc: all@example.org",
    "ada@example.org, all@example.org",
    "<ada@example.org>",
    "ada@example.org> SIZE=1\r\nRCPT TO:<all@example.org",
    '"x" <ada@example.org>',
  ])("by the address %j is refused before anything is written", async (to) => {
    await expect(queue({ to })).rejects.toThrow("needs an e-mail address");
    expect(await database().select().from(mailOutbox)).toEqual([]);
  });

  it("by a subject or a body makes no header", async () => {
    const evil = "x\r\nBcc: all@example.org\r\n\r\nOther body";
    await queue({}, { subject: evil, paragraphs: [evil, "\r\n.\r\nMAIL FROM:<evil@example.org>"] });
    await deliverMail(database());
    expect(peer.mails).toHaveLength(1);
    expect(peer.mails[0]!.to).toEqual(["ada@example.org"]);
    const [headers = ""] = peer.mails[0]!.raw.split("\r\n\r\n");
    expect(headers).not.toMatch(/^Bcc:/im);
    expect(headers).toMatch(/^Subject: x Bcc: all@example\.org Other body\r?$/m);
  });
});
