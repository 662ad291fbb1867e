import "server-only";
import { existsSync } from "node:fs";
import path from "node:path";

/** The image has files for the commands, and neither npm nor sources (deploy/build-commands.mjs). */
const ofImage = () => existsSync(path.join(process.cwd(), "commands", "doctor.mjs"));

/** A text with the names of our commands as they are called where this runs: `npm run …`, in the image `node commands/….mjs`. */
export function nameCommands(text: string, inImage = ofImage()): string {
  if (!inImage) return text;
  return text.replace(
    /npm run ([a-z]+(?::[a-z]+)?)(?: --(?= ))?/g,
    (_, name: string) => `node commands/${name === "db:migrate" ? "migrate" : name.replace(":", "-")}.mjs`,
  );
}
