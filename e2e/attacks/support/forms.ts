import type { Answered, Fields, Visitor } from "./visitor";

/** The hidden fields of the first form of a page that holds a field or a text like `mark`. */
export function hiddenFields(html: string, mark: string): Fields {
  const form = html.match(/<form\b.*?<\/form>/gs)?.find((candidate) => candidate.includes(mark));
  if (form === undefined) throw new Error(`The page has no form with ${mark}.`);
  const inputs = form.match(/<input\b[^>]*type="hidden"[^>]*>/g) ?? [];
  return Object.fromEntries(
    inputs.map((input) => [attribute(input, "name"), unescapeHtml(attribute(input, "value"))]),
  );
}

/** Fills the form of a page whose server action is behind `mark`, and sends it as a browser without scripts does. */
export async function submitAction(
  visitor: Visitor,
  path: string,
  mark: string,
  fields: Fields,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const page = await visitor.get(path);
  return visitor.postMultipart(path, { ...hiddenFields(page.text, mark), ...fields }, headers);
}

/** What it takes to make a local account. */
export interface LocalPerson {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

export function logIn(
  visitor: Visitor,
  { username, password }: Pick<LocalPerson, "username" | "password">,
  path = "/login",
  headers: Record<string, string> = {},
): Promise<Answered> {
  return submitAction(visitor, path, 'name="identifier"', { identifier: username, password }, headers);
}

/** Makes a local account, which is signed in afterwards. */
export async function signUpLocally(visitor: Visitor, person: LocalPerson): Promise<void> {
  const answer = await submitAction(visitor, "/sign-up", 'name="username"', { ...person, name: "" });
  if (answer.location !== "/profile")
    throw new Error(`The sign-up was answered with ${String(answer.status)}.`);
}

export function signOut(visitor: Visitor, scope: "everywhere" | "here" = "here"): Promise<Answered> {
  return visitor.post("/auth/sign-out", { scope });
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name.replace("$", "\\$")}="([^"]*)"`).exec(tag)?.[1] ?? "";
}

function unescapeHtml(text: string): string {
  return text
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, digits: string) =>
      String.fromCodePoint(Number.parseInt(digits, hex === "" ? 10 : 16)),
    )
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
