import os from "node:os";
import { hashSync, verifySync } from "@node-rs/argon2";

// On Linux this lowers the calling thread alone, so that pages go first while passwords are checked.
try {
  os.setPriority(0, os.constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // A container may forbid it; hashing then competes on equal terms.
}

/** @param {{ password: string, hash: string | null, options: import("@node-rs/argon2").Options }} task */
export default function run({ password, hash, options }) {
  return hash === null ? hashSync(password, options) : verifySync(hash, password);
}
