import { gzipSync } from "node:zlib";
import { paths } from "../../lib/routes";
import type { Measuring } from "../measuring";
import type { Row } from "../report";
import { visitorName, type Setting } from "../setting";
import { passwordSignIn } from "../sign-in";

const visited = [paths.home, paths.public, paths.login];
/** The settings have the scripts of their forms. */
const signedIn = [paths.profileSettings, paths.emailSettings, paths.security, paths.sessions, paths.account];

/**
 * The scripts that a browser loads, signed out and in the settings, against an empty page of the same framework; and what
 * the file with the dialogs of a session's end weighs, which stands in the layout of every page.
 */
export async function measureScripts(setting: Setting, measuring: Measuring): Promise<Row[]> {
  const product = await setting.product();
  const empty = await setting.variant("empty");
  const cookie = await (await passwordSignIn(product.url, visitorName))();
  return measuring(async () => {
    const baseline = await weigh(`${empty.url}/`);
    const row = (name: string, ours: Weight): Row => ({
      name: `Client JavaScript of ${name}, gzipped`,
      ours: describe(ours),
      baseline: describe(baseline),
      ratio: bytesOf(ours) / bytesOf(baseline),
      target: "",
    });
    const rows: Row[] = [];
    for (const path of visited) rows.push(row(path, await weigh(product.url + path)));
    for (const path of signedIn)
      rows.push(row(`${path}, signed in`, await weigh(product.url + path, cookie)));
    const dialogs = describe(await weigh(product.url + paths.public, cookie, "alertdialog"));
    const name = "  of that the file with the dialogs of a session's end";
    return [...rows, { name, ours: dialogs, baseline: "", ratio: null, target: "" }];
  });
}

/** Bytes of each file. */
type Weight = ReadonlyMap<string, number>;

/**
 * Every script that the page names, in its markup or in the data that React reads from it; polyfills for old browsers not.
 * With `holding`, those alone that have this text in them.
 */
async function weigh(url: string, cookie = "", holding = ""): Promise<Weight> {
  const answer = await fetch(url, { headers: { cookie }, redirect: "manual" });
  if (answer.status !== 200) throw new Error(`${url} answered ${String(answer.status)}.`);
  const html = await answer.text();
  const old = [...html.matchAll(/<script[^>]*noModule[^>]*>/gi)].map(([tag]) => tag).join();
  const files = new Set(html.match(/static\/chunks\/[\w.~-]+\.js/g)?.filter((file) => !old.includes(file)));
  const weight = new Map<string, number>();
  for (const file of files) {
    const script = await (await fetch(new URL(`/_next/${file}`, url))).text();
    if (script.includes(holding)) weight.set(file, gzipSync(script).length);
  }
  return weight;
}

function bytesOf(weight: Weight): number {
  return [...weight.values()].reduce((sum, bytes) => sum + bytes, 0);
}

function describe(weight: Weight): string {
  return `${(bytesOf(weight) / 1_000).toFixed(1)} kB in ${String(weight.size)}`;
}
