import { connection } from "next/server";

const document = JSON.stringify({
  keys: [
    {
      kty: "EC",
      crv: "P-256",
      x: "a".repeat(43),
      y: "a".repeat(43),
      kid: "a".repeat(43),
      alg: "ES256",
      use: "sig",
    },
  ],
});

/** The least that a route handler can do for a request: a constant of the size of a JWKS. */
export async function GET(): Promise<Response> {
  await connection();
  return new Response(document, {
    headers: { "Content-Type": "application/json", "Cache-Control": "public, max-age=60" },
  });
}
