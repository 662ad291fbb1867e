import "server-only";

export type Labels = Readonly<Record<string, string | number>>;

/** What measures and traces, while somebody listens. */
export interface Telemetry {
  /** Adds one to a counter. */
  count(name: CounterName, labels: Labels): void;
  /** Does `work`, a call to another server, within a span; its headers carry the trace on (W3C Trace Context). */
  outbound<Answer extends { readonly status: number }>(
    call: OutboundCall,
    work: (headers: Headers) => Promise<Answer>,
  ): Promise<Answer>;
  traceId(): string | undefined;
}

export type CounterName = "gatehouse.events" | "gatehouse.session_checks";

export interface OutboundCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
}

/** Shared by the bundles of the server through the process. */
const held = globalThis as { gateholistenWith?: Telemetry };

/** Null when nothing is configured that listens: whoever asks does nothing then. */
export function telemetry(): Telemetry | null {
  return held.gateholistenWith ?? null;
}

export function listenWith(given: Telemetry): void {
  held.gateholistenWith = given;
}
