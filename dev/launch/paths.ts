import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);

/** The repository, whatever the working directory is. */
export const repositoryRoot = resolve(import.meta.dirname, "../..");

/** Arguments that make Node run TypeScript files. */
export const typescriptArguments: readonly string[] = [
  "--import",
  pathToFileURL(require.resolve("tsx")).href,
];

/** Absolute path of Next's command; the process that runs it is the server itself. */
export function nextCommand(): string {
  return resolve(dirname(require.resolve("next/package.json")), "dist/bin/next");
}

/** Absolute path of a package's directory, or undefined when it is not installed. */
export function packageDirectory(name: string): string | undefined {
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return dirname(require.resolve(`${folder}/${name}/package.json`));
    } catch {
      continue;
    }
  }
  return undefined;
}
