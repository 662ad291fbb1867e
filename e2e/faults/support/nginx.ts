import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { lookup } from "node:dns/promises";
import { join } from "node:path";
import { repositoryRoot } from "../../../dev/launch/paths";
import type { Part } from "../../../dev/launch/supervise";
import { serve } from "./programs";

interface NginxOptions {
  readonly folder: string;
  readonly port: number;
  readonly instances: readonly [number, number];
  readonly logFile: string;
}

/** nginx as `deploy/nginx.conf` has it, without TLS and on other ports, before two instances. */
export async function startNginx({ folder, port, instances, logFile }: NginxOptions): Promise<Part> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "nginx.conf");
  writeFileSync(file, main(folder, await site(port, instances)));
  return serve({
    name: "nginx",
    args: ["-p", folder, "-c", file, "-e", "stderr"],
    port,
    logFile,
  });
}

function main(folder: string, server: string): string {
  const bodies = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (kind) => `${kind}_temp_path ${join(folder, kind)};`,
  );
  return `daemon off;
worker_processes 2;
pid ${join(folder, "nginx.pid")};
error_log stderr warn;
events { worker_connections 4096; }
http {
access_log off;
${bodies.join("\n")}
${server}
}
`;
}

/** The file that is deployed, and what a test on one machine has to have otherwise. */
async function site(port: number, instances: readonly [number, number]): Promise<string> {
  const { address, family } = await lookup("localhost");
  const host = family === 6 ? `[${address}]` : address;
  return [
    [/server \{\s+listen 80;.*?\n\}\n/s, ""],
    [/listen 443 ssl http2;/, `listen 127.0.0.1:${String(port)};\n  listen [::1]:${String(port)};`],
    [/^ +ssl_.*\n/gm, ""],
    [/X-Forwarded-Proto https/, "X-Forwarded-Proto $scheme"],
    [/127\.0\.0\.1:3001/, `${host}:${String(instances[0])}`],
    [/127\.0\.0\.1:3002/, `${host}:${String(instances[1])}`],
  ].reduce(
    (text, [from, to]) => {
      const changed = text.replace(from as RegExp, () => to as string);
      if (changed === text) throw new Error(`deploy/nginx.conf has no ${String(from)} any more.`);
      return changed;
    },
    readFileSync(join(repositoryRoot, "deploy/nginx.conf"), "utf8"),
  );
}
