import { readdirSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../dev/launch/paths";
import { accessFor } from "../../../lib/routes";

/** Every page of `app/` that the route policy does not open to everyone, so that no new page is forgotten. */
export const gatedPages: readonly string[] = pagesIn("").filter((path) => {
  const access = accessFor(path);
  return access?.kind === "signed-in" || access?.kind === "permission";
});

function pagesIn(folder: string): string[] {
  return readdirSync(join(repositoryRoot, "app", folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile()) return entry.name === "page.tsx" ? [`/${folder}`] : [];
    // A page with a parameter has no address of its own.
    return entry.name.startsWith("[") ? [] : pagesIn(folder === "" ? entry.name : `${folder}/${entry.name}`);
  });
}
