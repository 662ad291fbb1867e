import { largeBodies, largeCookies, manySignIns, slowClients } from "./clients";
import { clockWrong } from "./clock";
import { diskFull } from "./disk-full";
import { killInstance, rollingRestart } from "./instances";
import { mailDown } from "./mail";
import { namesNotFound } from "./names";
import { apiDown, providerDown } from "./peers";
import { pgbouncerRestarted, poolExhausted } from "./pgbouncer";
import { postgresFailover, postgresKilled, postgresStopped } from "./postgres";
import type { Fault } from "./support/fault";

/** Every fault, in the order in which they are run. */
export const faults: readonly Fault[] = [
  ...[
    killInstance,
    rollingRestart,
    postgresStopped,
    postgresKilled,
    postgresFailover,
    pgbouncerRestarted,
    poolExhausted,
  ],
  ...[providerDown, apiDown, mailDown, namesNotFound, clockWrong],
  ...[slowClients, manySignIns, largeCookies, largeBodies, diskFull],
];
