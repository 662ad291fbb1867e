import { gzipSync } from "node:zlib";
import { paths } from "../../lib/routes";
import type { Measuring } from "../measuring";
import type { Row } from "../report";
import type { Setting } from "../setting";

/** The scripts that a signed-out visitor's browser loads, against an empty page of the same framework. */
export async function measureScripts(setting: Setting, measuring: Measuring): Promise<Row[]> {
  const product = await setting.product();
  const empty = await setting.variant("empty");
  return measuring(async () => {
    const baseline = await weigh(`${empty.url}/`);
    const rows: Row[] = [];
    for (const path of [paths.home, paths.public, paths.login]) {
      const ours = await weigh(product.url + path);
      rows.push({
        name: `Client JavaScript of ${path}, gzipped`,
        ours: describe(ours),
        baseline: describe(baseline),
        ratio: ours.bytes / baseline.bytes,
        target: "",
      });
    }
    return rows;
  });
}

interface Weight {
  readonly bytes: number;
  readonly files: number;
}

/** Every script that the page names, in its markup or in the data that React reads from it; polyfills for old browsers not. */
async function weigh(url: string): Promise<Weight> {
  const html = await (await fetch(url)).text();
  const old = [...html.matchAll(/<script[^>]*noModule[^>]*>/gi)].map(([tag]) => tag).join();
  const files = new Set(html.match(/static\/chunks\/[\w.~-]+\.js/g));
  let bytes = 0;
  for (const file of files) {
    if (old.includes(file)) files.delete(file);
    else bytes += gzipSync(await (await fetch(new URL(`/_next/${file}`, url))).text()).length;
  }
  return { bytes, files: files.size };
}

function describe({ bytes, files }: Weight): string {
  return `${(bytes / 1_000).toFixed(1)} kB in ${String(files)}`;
}
