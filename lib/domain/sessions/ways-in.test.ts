import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.join(import.meta.dirname, "../../..");
const sources = new Map(
  ["app", "lib"]
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map(
        (file) => `${folder}/${file.replaceAll("\\", "/")}`,
      ),
    )
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|\/testing\//.test(file))
    .map((file) => [file, readFileSync(path.join(root, file), "utf8")] as const),
);
const filesWith = (text: RegExp) =>
  [...sources].filter(([, source]) => text.test(source)).map(([file]) => file);
const maker = "lib/domain/sessions/create-session.ts";
const openers = filesWith(/\bcreateSession\(/).filter((file) => file !== maker);
const decision = readFileSync(
  path.join(root, "docs/decisions/0059-where-a-second-factor-will-stand.md"),
  "utf8",
);

describe("the ways in (ASVS 6.1.3, 6.3.4)", () => {
  it("end in one function, and no other file writes a session", () => {
    expect(filesWith(/insert\(sessions\)|insert into "?sessions/i)).toEqual([maker]);
  });

  it("are those of the decision record, and no other", () => {
    const named = [...decision.matchAll(/^\|.*`(lib\/[^`]+)`/gm)].map(([, file]) => file);
    expect(openers.sort()).toEqual(named.sort());
  });

  it.each(openers.filter((file) => !file.endsWith(".command.ts")))(
    "%s asks whether the person is admitted",
    (file) => {
      expect(sources.get(file)).toMatch(/\bawait (admitPerson|resolveOidcUser)\(/);
    },
  );
});

it("neither a reset, a proof of an address, its undo nor an invitation opens a session (ASVS 6.4.3)", () => {
  const near = [
    "reset-password",
    "confirm-email",
    "undo-email-change",
    "invite-person",
    "send-password-link",
  ];
  const files = [...sources].filter(([file]) => near.includes(path.basename(file, ".ts")));
  expect(files).toHaveLength(near.length);
  for (const [file, source] of files)
    expect(source, file).not.toMatch(/\b(createSession|signInWith\w+|passwordSignIn|emailSignIn)\b/);
});

it("nothing that must not be guessed comes from Math.random (ASVS 6.5.3, 7.2.3)", () => {
  expect(filesWith(/Math\.random/)).toEqual([]);
});
