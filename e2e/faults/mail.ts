import { runCommand } from "../../dev/launch/command";
import { typescriptArguments } from "../../dev/launch/paths";
import { signUpLocally } from "../attacks/support/forms";
import { Visitor } from "../attacks/support/visitor";
import { newPerson } from "../fixtures/people";
import { judge, missing, type Fault } from "./support/fault";
import { underLoad } from "./support/load";
import type { Setting } from "./support/setting";
import { until } from "./support/until";

const hour = 3_600;

interface Mail {
  readonly id: string;
  readonly attempts: number;
  readonly delivered: boolean;
  readonly finished: boolean;
}

export const mailDown: Fault = {
  name: "mail-down",
  expects:
    "people sign up as ever; after an hour without a mail server their mail is delivered (pauses skipped)",
  async run(setting) {
    const { sql, world, url } = setting;
    const person = newPerson();
    const look = async () => {
      const [mail] = await sql<Mail[]>`
        select id, attempts, delivered_at is not null as delivered,
          delivered_at is not null or gave_up_at is not null as finished
        from mail_outbox where recipient = ${person.email} order by created_at limit 1`;
      return mail!;
    };
    let waited = 0;
    const load = await underLoad(setting, async ({ broken, mended }) => {
      broken();
      await world.parts.mailbox!.stop();
      await signUpLocally(new Visitor(url), person);
      await until(async () => (await look()).attempts === 1);
      for (let mail = await look(); !mail.finished; mail = await look()) {
        waited = pausesAfter(mail.attempts);
        if (waited >= hour) await world.parts.mailbox!.start();
        await until(async () => {
          await sql`update mail_outbox set next_attempt_at = now() where id = ${mail.id}`;
          await deliver(setting);
          return (await look()).attempts > mail.attempts;
        });
      }
      mended();
    });
    return {
      load,
      seen: `delivered after ${(waited / 60).toFixed(0)} minutes of pauses`,
      unmet: [
        ...judge(load),
        ...missing({
          "the mail waited for an hour": waited >= hour,
          "the mail was delivered": (await look()).delivered,
        }),
      ],
    };
  },
};

/** Seconds of all pauses after so many attempts: 15, 30, 60 … */
function pausesAfter(attempts: number): number {
  return 15 * (2 ** attempts - 1);
}

async function deliver({ front }: Setting): Promise<void> {
  const command = "lib/domain/housekeeping/run-tasks.command.ts";
  const args = ["--conditions=react-server", ...typescriptArguments, command, "deliver-mail"];
  const { ok, output } = await runCommand(process.execPath, args, { ...process.env, ...front.env });
  if (!ok) throw new Error(output);
}
