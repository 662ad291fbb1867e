import { Resolver } from "node:dns";
import { afterEach, expect, it, vi } from "vitest";
import { startSmtpPeer } from "@/e2e/peers/smtp-server";
import { configure } from "@/lib/test-environment";
import { sendMail, tryMailServer } from "./smtp";

const peer = await startSmtpPeer();
const mail = {
  to: "ada@example.org",
  subject: "A subject",
  text: "Hello.",
  html: "<p>Hello.</p>",
  id: "0b9f3a52",
  date: new Date(0),
};

configure({
  SMTP_URL: `smtp://localhost:${String(peer.port)}`,
  MAIL_FROM: "Gatehouse <no-reply@gatehouse.example>",
});

afterEach(() => {
  vi.restoreAllMocks();
});

it("finds a mail server that the system knows while the name server is silent", async () => {
  for (const question of ["resolve4", "resolve6"] as const)
    vi.spyOn(Resolver.prototype, question).mockImplementation(() => undefined);
  expect(await tryMailServer()).toBeNull();
  expect(await sendMail(mail)).toEqual({ kind: "sent" });
  expect(peer.mails).toHaveLength(1);
});

it("keeps a mail for later while nobody listens, and says why", async () => {
  await peer.close();
  expect(await sendMail(mail)).toEqual({ kind: "deferred", reason: "ECONNREFUSED" });
});
