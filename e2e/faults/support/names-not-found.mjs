import dns from "node:dns";
import { existsSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";

// Preloaded into an instance: while the file is there, no name is resolved, as without a name server.
const { lookup } = dns;
dns.lookup = (hostname, options, callback = options) => {
  if (!existsSync(process.env.NAMES_NOT_FOUND_WHILE)) {
    lookup(hostname, options, callback);
    return;
  }
  const error = new Error(`getaddrinfo EAI_AGAIN ${hostname}`);
  Object.assign(error, { code: "EAI_AGAIN", errno: -3001, syscall: "getaddrinfo", hostname });
  process.nextTick(callback, error);
};
syncBuiltinESMExports();
