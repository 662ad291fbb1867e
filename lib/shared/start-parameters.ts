import { isStorableText } from "./storable-text";

/** The parameters of an authorization request that a form of ours may set (OpenID Connect Core 3.1.2.1). */
export const startParameters = ["login_hint", "ui_locales", "max_age", "acr_values"] as const;

export type StartParameters = Readonly<Partial<Record<(typeof startParameters)[number], string>>>;

const maxLength = 254;
const words = /^[\x21-\x7e]+( [\x21-\x7e]+)*$/;

const fits: Readonly<Record<(typeof startParameters)[number], (value: string) => boolean>> = {
  login_hint: isStorableText,
  ui_locales: (value) => /^[A-Za-z0-9-]+( [A-Za-z0-9-]+)*$/.test(value),
  max_age: (value) => /^\d{1,9}$/.test(value),
  acr_values: (value) => words.test(value),
};

/** The parameters of the list that `field` has, each in its form; everything else is left out. */
export function readStartParameters(field: (name: string) => string | null): StartParameters {
  return Object.fromEntries(
    startParameters.flatMap((name) => {
      const value = field(name);
      if (value === null || value === "" || value.length > maxLength) return [];
      return fits[name](value) ? [[name, value]] : [];
    }),
  );
}
