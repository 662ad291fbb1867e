import { cpSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildCopy, copyProduct } from "../dev/app/copy";
import { repositoryRoot } from "../dev/launch/paths";

/** Applications that the product is measured against. They are made for one run and live in no other place. */
export type VariantName = "fixed-person" | "bare" | "without-audit" | "empty";

const idleMiddleware = new URL("./variants/idle-middleware.ts", import.meta.url);
const jsonRoute = new URL("./variants/json-route.ts", import.meta.url);
const emptyLayout = new URL("./variants/empty/app/layout.tsx", import.meta.url);
const emptyPage = new URL("./variants/empty/app/page.tsx", import.meta.url);

/** Exports of the product, by module, and the file whose exports make what stands in for them of the product's own. */
interface Exchange {
  readonly by: URL;
  readonly modules: Readonly<Record<string, readonly string[]>>;
}

/** What finds out who is there. */
const fixedPerson: Exchange = {
  by: new URL("./variants/fixed-person.ts", import.meta.url),
  modules: {
    "lib/web/viewer": ["currentViewer", "currentIdentity"],
    "lib/web/page": ["decidePage"],
    "lib/web/needs-login": ["needsLogin"],
  },
};

const withoutAudit: Exchange = {
  by: new URL("./variants/no-audit.ts", import.meta.url),
  modules: { "lib/domain/audit/record-event": ["recordEvent"] },
};

/**
 * Makes and builds one variant in a folder of its own beneath `parent`, which lies in the repository, so that its
 * packages are found.
 * - `fixed-person`: the product; a request for the fixed person gets all else that it does for each.
 * - `bare`: the same with an idle middleware, so without request id, nonce and Content-Security-Policy too; answers `/bench/json`.
 * - `without-audit`: the product, which writes nothing into its audit log.
 * - `empty`: one empty page, without anything of the product.
 * @returns the folder
 * @throws PlainError with the build's output
 */
export async function makeVariant(name: VariantName, parent: string): Promise<string> {
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true });
  if (name === "empty") {
    put(emptyLayout, join(folder, "app/layout.tsx"));
    put(emptyPage, join(folder, "app/page.tsx"));
    // Without these the framework takes the ones of the folders above.
    writeFileSync(join(folder, "next.config.mjs"), "export default {};\n");
    put(idleMiddleware, join(folder, "middleware.ts"));
    writeFileSync(join(folder, "instrumentation.ts"), "export function register() {}\n");
    for (const file of ["tsconfig.json", "package.json"])
      cpSync(join(repositoryRoot, file), join(folder, file));
  } else {
    copyProduct(folder);
    exchange(folder, name === "without-audit" ? withoutAudit : fixedPerson);
    if (name === "bare") {
      cpSync(idleMiddleware, join(folder, "middleware.ts"));
      put(jsonRoute, join(folder, "app/bench/json/route.ts"));
    }
  }
  await buildCopy(folder);
  return folder;
}

/** Everything else that such a module exports stays the product's. */
function exchange(folder: string, { by, modules }: Exchange): void {
  put(by, join(folder, "lib/bench/stand-in.ts"));
  for (const [module, names] of Object.entries(modules)) {
    const file = join(folder, `${module}.ts`);
    const kept = `${module}.product`;
    renameSync(file, join(folder, `${kept}.ts`));
    const lines = [
      `import * as product from "@/${kept}";`,
      `import * as standIn from "@/lib/bench/stand-in";`,
      `export * from "@/${kept}";`,
      ...names.map((name) => `export const ${name} = standIn.${name}(product.${name});`),
    ];
    writeFileSync(file, lines.join("\n") + "\n");
  }
}

function put(from: URL, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}
