import type Provider from "oidc-provider";

/** One step of the provider's request handling. */
export type Middleware = Parameters<Provider["use"]>[0];

/** What such a step works on. */
export type Context = Parameters<Middleware>[0];
