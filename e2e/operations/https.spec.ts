import { request as httpsRequest } from "node:https";
import type { IncomingHttpHeaders } from "node:http";
import { openAccountMenu } from "../fixtures/menus";
import { startStage, type Stage } from "../attacks/support/stage";
import { expect, proves, test as base } from "../attacks/support/test";
import { makeCertificates, type Certificates } from "../peers/certificates";

const test = base.extend<object, { certificates: Certificates }>({
  certificates: [
    async ({}, provide) => {
      const certificates = makeCertificates();
      await provide(certificates);
      certificates.remove();
    },
    { scope: "worker" },
  ],
});

test(
  "over https: __Host- cookies, HSTS, and a sign-in at a provider whose certificate a private authority signed",
  proves("3.3.1", "3.3.2", "3.3.4", "3.4.1", "12.2.1"),
  async ({ world, certificates, browser }) => {
    const stage = await startStage(world, { tls: certificates });
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    try {
      const page = await context.newPage();
      const answer = await page.goto(`${stage.url}/profile`);
      expect(new URL(page.url()).pathname).toBe("/login");
      expect(answer!.headers()["strict-transport-security"]).toBe("max-age=31536000; includeSubDomains");
      expect(answer!.headers()["content-security-policy"]).toContain("upgrade-insecure-requests");
      await page.getByRole("button", { name: "Peer" }).click();
      await page.waitForURL(`${stage.url}/profile`);
      await expect(page.getByText("Peer Person").first()).toBeVisible();

      const cookies = await context.cookies(stage.url);
      const session = cookies.find(({ name }) => name.endsWith("gatehouse.session"));
      expect(session).toMatchObject({
        ...{ name: "__Host-gatehouse.session", domain: "localhost", path: "/" },
        ...{ secure: true, httpOnly: true, sameSite: "Lax" },
      });
      const lax = cookies.filter(
        ({ name, secure, path }) => !name.startsWith("__Host-") || !secure || path !== "/",
      );
      expect(lax).toEqual([]);

      await (await openAccountMenu(page)).getByRole("button", { name: "Log out", exact: true }).click();
      await page.waitForURL(`${stage.url}/**`);
      expect((await context.cookies(stage.url)).filter(({ name }) => name.endsWith(".session"))).toEqual([]);
    } finally {
      await context.close();
      await stage.close();
    }
  },
);

test(
  "behind one proxy the address that counts is what the proxy saw, whatever a stranger wrote",
  proves("4.1.3"),
  async ({ world, certificates }) => {
    const stage = await startStage(world, { tls: certificates });
    try {
      const forged = {
        "x-forwarded-for": "203.0.113.9",
        "x-forwarded-proto": "http",
        "x-forwarded-host": "evil.example",
      };
      const answer = await ask(stage, certificates, "/profile", forged);
      expect(answer.status).toBe(307);
      // The only source of absolute addresses is AUTH_URL.
      expect(answer.headers.location).toBe(`${stage.url}/login?returnTo=%2Fprofile`);
      const refused = await ask(
        stage,
        certificates,
        "/api/authenticate",
        forged,
        '{"uid":"nobody","password":"a password of nobody"}',
      );
      expect(refused.status).toBe(401);
      const [row] = await stage.rows.sql<{ address: string }[]>`
        select address from audit_events where event = 'authn_login_fail'`;
      expect(row!.address).toMatch(/^(127\.0\.0\.1|::1)$/);
    } finally {
      await stage.close();
    }
  },
);

test(
  "a provider whose certificate nobody vouches for is not spoken to",
  proves("12.3.2"),
  async ({ world, certificates }) => {
    const stage = await startStage(world, { tls: certificates, env: { NODE_EXTRA_CA_CERTS: "" } });
    try {
      expect((await ask(stage, certificates, "/api/health/ready")).text).toBe('{"status":"degraded"}');
      expect(stage.peer.requests).toEqual([]);
    } finally {
      await stage.close();
    }
  },
);

interface Told {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

function ask(
  { url }: Stage,
  { authority }: Certificates,
  path: string,
  headers: Record<string, string> = {},
  json?: string,
): Promise<Told> {
  const method = json === undefined ? "GET" : "POST";
  const type = json === undefined ? {} : { "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const sent = httpsRequest(
      url + path,
      { ca: authority, method, headers: { ...headers, ...type } },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        answer.on("end", () => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
        });
      },
    );
    sent.on("error", reject).end(json);
  });
}
