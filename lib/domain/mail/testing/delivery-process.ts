import { database, sql } from "@/db/client";
import { deliverMail } from "@/lib/domain/mail/deliver-mail";

// One instance of the application as far as the outbox goes: it delivers what is due and ends.
await deliverMail(database());
await sql().end();
