import { verifyChain, type ChainFault } from "./verify-chain";
import { database, sql } from "@/db/client";
import { nameCommands } from "@/lib/platform/own-commands";

// npm run audit:verify [-- position:hash]: whether the audit log is as it was written; with an end that was told before,
// whether it reaches that far.
const words: Readonly<Record<ChainFault, string>> = {
  edited: "is not what was written",
  row_deleted: "was deleted",
  links_deleted: "follows on links that were deleted",
  backdated: "has a time long before that of the rows before it",
  address_erased: "lost its address although the person was not deleted",
  inserted: "was inserted among rows that were sealed",
  cut_off: "is the last although the log was longer",
  forged: "does not agree with a seal of the application",
  key_missing: "is sealed with a key that is not in TOKEN_ENCRYPTION_KEYS",
};

const [given] = process.argv.slice(2);
const kept = /^(\d{1,18}):([0-9a-f]{64})$/.exec(given ?? "");
if (given !== undefined && kept === null) {
  console.error(
    nameCommands("Usage: npm run audit:verify -- position:hash, the end that an earlier run printed."),
  );
  process.exitCode = 2;
} else {
  const { links, end, fault } = await verifyChain(
    database(),
    kept === null ? undefined : { position: BigInt(kept[1] ?? ""), hash: kept[2] ?? "" },
  );
  if (fault === null) console.log(`${String(links)} rows are as they were written. The end is ${end}`);
  else {
    const row = fault.eventId === null ? "The row" : `Row ${fault.eventId}`;
    console.error(`${row} at position ${fault.position} ${words[fault.kind]}.`);
    process.exitCode = 1;
  }
}
await sql().end();
