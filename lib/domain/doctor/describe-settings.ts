import "server-only";
import { shownPart, shownProviderFields, shownSettings, type Shown } from "./shown-settings";
import { environment, presentSettings, type SettingName } from "@/lib/env";
import { presetValues } from "@/lib/env-presets";
import { providerFields, providerSchema } from "@/lib/env-provider-fields";
import { assignVariables, variableOf } from "@/lib/env-provider-names";
import type { Setting } from "@/lib/shared/diagnosis";

type ProviderField = keyof typeof providerFields;

/** Every variable of the application, whether it is set, and of its value what is no secret. */
export function describeSettings(): readonly Setting[] {
  const present = presentSettings();
  const defaults = environment();
  const names = Object.keys(shownSettings) as SettingName[];
  const fields = Object.keys(providerFields) as ProviderField[];
  const fieldDefaults = providerSchema.parse({});
  return [
    ...names.map((name) =>
      describe(name, shownSettings[name], [
        ["set", present[name]],
        ["default", inWords(defaults[name])],
      ]),
    ),
    ...assignVariables(present, fields).said.flatMap(({ id, values }) =>
      fields.map((field) =>
        describe(variableOf(id, field), shownProviderFields[field], [
          ["set", values[field]],
          ["preset", presetValues(values["PRESET"])[field]],
          ["default", inWords(fieldDefaults[field])],
        ]),
      ),
    ),
  ];
}

type Source = readonly [Setting["source"], string | undefined];

function describe(name: string, shown: Shown, sources: readonly Source[]): Setting {
  const [source, value] = sources.find(([, text]) => text !== undefined) ?? ["unset", undefined];
  return {
    ...{ name, source, secret: shown === "nothing" },
    value: value === undefined ? null : shownPart(value, shown),
  };
}

/** A default as it would be set; undefined for none. Nothing of it was set, so nothing of it is a secret. */
function inWords(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "object" || value === null || value instanceof Map || Array.isArray(value)) return;
  const pairs = Object.entries(value).map(([name, text]) => `${name}=${String(text)}`);
  return pairs.length === 0 ? undefined : pairs.join("&");
}
