import { expect, it } from "vitest";
import { nameCommands } from "./own-commands";

it.each([
  ["Run: `npm run db:migrate`", "Run: `node commands/migrate.mjs`"],
  ["run `npm run tokens:rotate`, then", "run `node commands/tokens-rotate.mjs`, then"],
  ["`npm run maintain -- clean-up`", "`node commands/maintain.mjs clean-up`"],
  ["Usage: npm run admin:grant -- ada@example.org", "Usage: node commands/admin-grant.mjs ada@example.org"],
])("%s is called by its file in the image, and as it stands elsewhere", (text, inImage) => {
  expect(nameCommands(text, true)).toBe(inImage);
  expect(nameCommands(text, false)).toBe(text);
});
