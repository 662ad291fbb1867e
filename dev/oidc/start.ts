import Provider from "oidc-provider";
import { serveHttp } from "../launch/loopback";
import { Accounts } from "./accounts";
import { configuration } from "./configuration";
import { interactions } from "./interactions";
import { Journal } from "./journal";
import { signingKeys } from "./keys";
import { skipEmptyLogout } from "./logout";
import { pictures } from "./pictures";
import type { OidcSettings } from "./settings";
import { userinfoByJwt } from "./userinfo";

/**
 * Starts a provider on loopback and answers when it takes requests. Rejects with the system's error when the port is
 * taken. `close` ends its connections; everything that it acknowledged is on disk at any time.
 */
export async function startProvider(settings: OidcSettings): Promise<{ close(): Promise<void> }> {
  const journal = new Journal(settings.stateDir);
  const accounts = new Accounts(settings.people, journal);
  const keys = await signingKeys(settings.stateDir, settings.algorithms);
  const provider = new Provider(settings.issuer, configuration(settings, accounts, journal, keys));
  provider.on("server_error", (_ctx, error) => {
    console.error(error);
  });
  provider.on("backchannel.error", (_ctx, error, client) => {
    console.error(`Back-channel logout of ${client.clientId} failed: ${error.message}`);
  });
  provider.use(pictures(accounts));
  provider.use(userinfoByJwt(settings, accounts, keys));
  provider.use(interactions(settings, provider, accounts));
  provider.use(skipEmptyLogout);

  const handle = provider.callback();
  const prefix = new URL(settings.issuer).pathname.replace(/\/$/, "");
  const close = await serveHttp(settings.port, (request, response) => {
    const url = request.url ?? "/";
    if (!url.startsWith(`${prefix}/`)) {
      response.writeHead(404, { "content-type": "text/plain" }).end("Not Found\n");
      return;
    }
    // The provider builds its own addresses from the difference between the two.
    Object.assign(request, { originalUrl: url, url: url.slice(prefix.length) });
    void handle(request, response);
  });
  return {
    async close() {
      await close();
      journal.close();
    },
  };
}
