import "server-only";
import { notifyPerson } from "@/lib/domain/account/notify-person";
import type { Context } from "@/lib/domain/context";
import { absolute, host } from "@/lib/domain/mail/site-address";
import { providerName } from "@/lib/domain/oidc/provider-config";
import { paths } from "@/lib/routes";

const words = {
  connected: {
    kind: "identity_connected",
    subject: "An identity was connected to your account",
    sentence: (name: string) =>
      `An account at ${name} was connected to your account at ${host()}. Whoever has it can log in here from now on.`,
  },
  disconnected: {
    kind: "identity_disconnected",
    subject: "An identity was disconnected from your account",
    sentence: (name: string) =>
      `An account at ${name} was disconnected from your account at ${host()}. Nobody can log in here with it any more, and its sessions have ended.`,
  },
} as const;

/** Tells the person by mail that a way to log in was added or taken (ASVS 6.3.7). Call it in the transaction of that. */
export function notifyOfIdentity(
  tx: Context,
  { userId, provider }: { readonly userId: string; readonly provider: string },
  what: keyof typeof words,
): Promise<void> {
  const { kind, subject, sentence } = words[what];
  return notifyPerson(tx, userId, {
    kind,
    subject,
    paragraphs: [sentence(providerName(provider))],
    action: { label: "See your identities", href: absolute(paths.identities) },
  });
}
