import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

/** Answers one token request in place of the usual answer. */
export type Fault = (
  response: ServerResponse,
  usual: Record<string, unknown>,
  request: IncomingMessage,
) => void;

interface Family {
  current: string;
  revoked: boolean;
}

/**
 * An OpenID provider reduced to discovery, keys, token and revocation endpoint. It rotates refresh tokens and revokes the
 * family when one is used twice (RFC 9700 section 4.14.2), and it can be told to answer badly.
 */
export class TokenEndpoint {
  readonly subject = "subject-1";
  readonly clientId = "client-1";
  issuer = "";
  /** Requests to the token endpoint since {@link reset}. */
  requests = 0;
  reuses = 0;
  discoveries = 0;
  readonly revoked: string[] = [];
  expiresIn: unknown = 300;
  delayMilliseconds = 0;
  rotates = true;
  fault: Fault | undefined;
  /** Claims of the ID token in the answer; undefined leaves the ID token out. */
  idToken: Record<string, unknown> | undefined;
  readonly #families = new Map<string, Family>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #keys = generateKeyPair("ES256", { extractable: true });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.issuer = `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  reset(): void {
    this.requests = this.reuses = this.delayMilliseconds = 0;
    this.expiresIn = 300;
    this.rotates = true;
    this.fault = this.idToken = undefined;
    this.revoked.length = 0;
  }

  /** A refresh token of a new family. */
  issueRefreshToken(): string {
    const token = secret("rt");
    this.#families.set(token, { current: token, revoked: false });
    return token;
  }

  async signIdToken(claims: Record<string, unknown>): Promise<string> {
    const { privateKey } = await this.#keys;
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: this.issuer, sub: this.subject, aud: this.clientId, iat: now, exp: now + 300 };
    return new SignJWT({ ...usual, ...claims })
      .setProtectedHeader({ alg: "ES256", kid: "k" })
      .sign(privateKey);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request));
    if (request.url === "/token") {
      await this.#token(form, request, response);
    } else if (request.url === "/revoke") {
      this.revoked.push(form.get("token") ?? "");
      response.writeHead(200).end();
    } else if (request.url === "/jwks") {
      const jwk = await exportJWK((await this.#keys).publicKey);
      json(response, 200, { keys: [{ ...jwk, kid: "k", alg: "ES256", use: "sig" }] });
    } else {
      this.discoveries += 1;
      json(response, 200, {
        issuer: this.issuer,
        authorization_endpoint: `${this.issuer}/authorize`,
        token_endpoint: `${this.issuer}/token`,
        jwks_uri: `${this.issuer}/jwks`,
        revocation_endpoint: `${this.issuer}/revoke`,
        id_token_signing_alg_values_supported: ["ES256"],
      });
    }
  }

  async #token(form: URLSearchParams, request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    if (this.delayMilliseconds > 0)
      await new Promise((resolve) => setTimeout(resolve, this.delayMilliseconds));
    const given = form.get("refresh_token") ?? "";
    const family = this.#families.get(given);
    if (family === undefined || family.revoked || family.current !== given) {
      if (family !== undefined && family.current !== given) {
        this.reuses += 1;
        family.revoked = true;
      }
      json(response, 400, { error: "invalid_grant" });
      return;
    }
    const usual: Record<string, unknown> = {
      access_token: secret("at"),
      token_type: "bearer",
      expires_in: this.expiresIn,
    };
    if (this.idToken !== undefined) usual["id_token"] = await this.signIdToken(this.idToken);
    if (this.rotates) {
      const next = secret("rt");
      family.current = next;
      this.#families.set(next, family);
      usual["refresh_token"] = next;
    }
    if (this.fault === undefined) json(response, 200, usual);
    else this.fault(response, usual, request);
  }
}

/** Recognisable in a dump of the database. */
function secret(kind: string): string {
  return `${kind}-plainly-a-token-${randomBytes(12).toString("hex")}`;
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
