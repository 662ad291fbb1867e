import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { presetNames, presetValues } from "./env-presets";
import { readProviders } from "./env-providers";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const jwk = JSON.stringify(privateKey.export({ format: "jwk" }));
const document = readFileSync(path.join(import.meta.dirname, "../docs/providers.md"), "utf8");

/** Every example environment of docs/providers.md, by the heading above it. */
const examples = document.split(/^#{2,3} /m).flatMap((section) => {
  const block = /```ini\n(.*?)```/s.exec(section)?.[1];
  if (block === undefined) return [];
  const pairs = block.split("\n").flatMap((line) => {
    const [, name, value] = /^([A-Z0-9_]+)=(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined
      ? []
      : [[name, value.replace("PRIVATE_JWK", jwk)] as const];
  });
  return [{ heading: section.split("\n")[0]!, section, variables: Object.fromEntries(pairs) }];
});

describe("docs/providers.md", () => {
  it.each(examples)("$heading: its example is good as it stands", ({ variables }) => {
    const { faults, providers } = readProviders(variables);
    expect(faults).toEqual([]);
    expect(providers.length).toBe(variables["OIDC_PROVIDERS"]?.split(",").length ?? 1);
  });

  it.each(presetNames)("shows %s once, and names what its preset fills in", (preset) => {
    const shown = examples.filter(({ variables }) => variables["OIDC_PRESET"] === preset);
    expect(shown).toHaveLength(1);
    const roles = presetValues(preset)["ROLES_CLAIM"];
    if (roles !== undefined) expect(shown[0]?.section).toContain(`\`${roles}\``);
    expect(shown[0]?.section).toMatch(/^- The preset: /m);
    expect(shown[0]?.section).toMatch(/^- Register /m);
  });
});
