import { createServer } from "node:net";
import { said } from "./said";
import { PlainError } from "./plain-error";

/** The ports of one world. */
export interface Ports {
  readonly app: number;
  readonly postgres: number;
  readonly oidc: number;
  readonly api: number;
  readonly smtp: number;
  readonly mailbox: number;
}

/** The variable that changes each port, and its value when nothing is said. */
const portVariables: Readonly<Record<keyof Ports, { variable: string; standard: number }>> = {
  app: { variable: "PORT", standard: 3000 },
  postgres: { variable: "DEV_POSTGRES_PORT", standard: 5433 },
  oidc: { variable: "DEV_OIDC_PORT", standard: 9000 },
  api: { variable: "DEV_API_PORT", standard: 6060 },
  smtp: { variable: "DEV_SMTP_PORT", standard: 2525 },
  mailbox: { variable: "DEV_MAILBOX_PORT", standard: 8025 },
};

/** The one sentence for a port that somebody else holds. */
export function portTaken(name: keyof Ports, port: number): PlainError {
  return new PlainError(
    `Port ${String(port)} is in use by another program: stop it, or set ${portVariables[name].variable} to a free port.`,
  );
}

/**
 * Takes each port from the options, else from the environment, else the standard one; 0 finds a free port.
 * Throws a PlainError when a variable is not a port number.
 */
export async function choosePorts(
  wanted: Partial<Ports>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Ports> {
  const chosen: Partial<Record<keyof Ports, number>> = {};
  for (const name of Object.keys(portVariables) as (keyof Ports)[]) {
    const { variable, standard } = portVariables[name];
    const port = wanted[name] ?? Number(said(environment, variable) ?? standard);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new PlainError(
        `${variable} must be a port number from 1 to 65535, not "${String(environment[variable] ?? port)}".`,
      );
    chosen[name] = port === 0 ? await findFreePort() : port;
  }
  return chosen as Ports;
}

const handedOut = new Set<number>();

/** A port that nobody listens on, below the range from which outgoing connections get theirs. */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (handedOut.has(port) || !(await isPortFree(port))) continue;
    handedOut.add(port);
    return port;
  }
  throw new PlainError("No free port was found between 20000 and 32000.");
}

/** True when the port can be bound on every address, so that no stranger answers for us on `localhost`. */
export async function isPortFree(port: number): Promise<boolean> {
  for (const address of ["::", "0.0.0.0", "127.0.0.1", "::1"]) {
    if (!(await canBind(port, address))) return false;
  }
  return true;
}

function canBind(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT");
    });
    probe.listen({ port, host: address, exclusive: true, ipv6Only: false }, () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}
