import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildCopy, copyProduct } from "../../../dev/app/copy";
import { sourceFingerprint } from "../../../dev/app/fingerprint";
import { repositoryRoot } from "../../../dev/launch/paths";

/** The folder of a build of these very sources with this base path, made unless it is there. */
export async function buildBelow(basePath: string): Promise<string> {
  const folder = join(repositoryRoot, ".dev-below", basePath);
  const record = join(folder, "built-of");
  const fingerprint = sourceFingerprint();
  if (existsSync(record) && readFileSync(record, "utf8") === fingerprint) return folder;
  rmSync(folder, { recursive: true, force: true });
  copyProduct(folder);
  await buildCopy(folder, { BASE_PATH: basePath });
  writeFileSync(record, fingerprint);
  return folder;
}
