import { paths, wellKnownPaths } from "../../lib/routes";
import type { Measuring } from "../measuring";
import { figure, type Row } from "../report";
import type { Setting } from "../setting";
import { load } from "../tools/load";

const requests = 300;

/** In the text of the statement that asks who is signed in, and of no other. */
const sessionQuery = "token_digest =";

/** Statements for each request, counted on the wire. */
export async function measureQueries(setting: Setting, measuring: Measuring): Promise<Row[]> {
  const { app, queries } = await setting.counted();
  const cookie = await setting.cookie();
  const count = async (path: string, headers: Record<string, string>) => {
    const target = { url: app.url + path, headers };
    await load(target, 50);
    queries.reset();
    await load(target, requests);
    return { session: queries.count(sessionQuery) / requests, all: queries.count() / requests };
  };
  return measuring(async () => {
    const profile = await count(paths.profile, { cookie });
    const keys = await count(wellKnownPaths.jwks, {});
    return [
      line("Session queries for each signed-in /profile", profile.session, "1"),
      line("All queries for each signed-in /profile", profile.all, "1"),
      line("Queries for each request of the JWKS", keys.all),
    ];
  });
}

function line(name: string, ours: number, target = ""): Row {
  return { name, ours: figure(ours), baseline: "", ratio: null, target };
}
