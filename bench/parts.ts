import type { Measuring } from "./measuring";
import { measureAudit } from "./parts/audit";
import { measureCookie } from "./parts/cookie";
import { measureEnumeration } from "./parts/enumeration";
import { measureKeys } from "./parts/keys";
import { measurePage } from "./parts/page";
import { measureQueries } from "./parts/queries";
import { measureRedirect } from "./parts/redirect";
import { measureRefresh } from "./parts/refresh";
import { measureRegistration } from "./parts/registration";
import { measureScripts } from "./parts/scripts";
import { measureStorm } from "./parts/storm";
import { measureTelemetry } from "./parts/telemetry";
import { measureTokens } from "./parts/tokens";
import type { Row } from "./report";
import type { Setting } from "./setting";

/** One part of the benchmark: starts what it needs, measures, and gives its lines of the table. */
export interface Part {
  readonly title: string;
  measure(setting: Setting, measuring: Measuring): Promise<Row[]>;
}

/** The parts in the order in which they run and are printed. */
export const parts = {
  page: { title: "Measuring the signed-in page", measure: measurePage },
  redirect: { title: "Measuring redirects", measure: measureRedirect },
  queries: { title: "Counting queries", measure: measureQueries },
  storm: { title: "Measuring pages during a login storm", measure: measureStorm },
  audit: { title: "Measuring sign-ins without the audit log", measure: measureAudit },
  registration: { title: "Measuring sign-ups", measure: measureRegistration },
  enumeration: { title: "Comparing known and unknown people", measure: measureEnumeration },
  scripts: { title: "Weighing client JavaScript", measure: measureScripts },
  cookie: { title: "Weighing the session cookie", measure: measureCookie },
  refresh: { title: "Measuring a refresh storm", measure: measureRefresh },
  tokens: { title: "Measuring token reads and minting", measure: measureTokens },
  telemetry: { title: "Measuring the instrumentation that is off", measure: measureTelemetry },
  keys: { title: "Measuring the JWKS", measure: measureKeys },
} satisfies Record<string, Part>;
