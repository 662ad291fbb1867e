import { fill, givenAmounts } from "./fill";

// npm run bench:seed: fills an empty, migrated database (DATABASE_URL) to measure with. `--people=`, `--sessions=` and `--audit=` say how many.
const { DATABASE_URL } = process.env;
if (DATABASE_URL === undefined) throw new Error("Set DATABASE_URL.");
await fill(DATABASE_URL, givenAmounts());
