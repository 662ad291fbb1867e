import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A certificate for `localhost` that only those trust who know its authority. */
export interface Certificates {
  /** Where the authority's certificate is, for NODE_EXTRA_CA_CERTS. */
  readonly authorityFile: string;
  readonly authority: string;
  readonly key: string;
  readonly cert: string;
  remove(): void;
}

/** Makes an authority and a certificate of it by openssl (3.0 or later). */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-tls-"));
  const file = (name: string) => join(folder, name);
  const request = (name: string, subject: string, ...rest: string[]) => {
    const key = [
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-keyout",
      file(`${name}.key`),
    ];
    const args = [
      "req",
      "-x509",
      "-days",
      "2",
      "-subj",
      `/CN=${subject}`,
      ...key,
      "-out",
      file(`${name}.pem`),
      ...rest,
    ];
    execFileSync("openssl", args, { stdio: "pipe" });
  };
  request("authority", "Gatehouse test authority");
  request(
    ...(["server", "localhost"] as const),
    ...["-CA", file("authority.pem"), "-CAkey", file("authority.key")],
    ...["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"],
  );
  return {
    authorityFile: file("authority.pem"),
    authority: readFileSync(file("authority.pem"), "utf8"),
    key: readFileSync(file("server.key"), "utf8"),
    cert: readFileSync(file("server.pem"), "utf8"),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
