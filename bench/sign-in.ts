import { people } from "../dev/people";

/** Sends the sign-in form of the page once; throws unless it leads on with a session. @returns the session cookie, `name=value`. */
export type SignIn = () => Promise<string>;

/** Sends a form of a page with these fields to the real server action. */
export type SendForm = (fields: Readonly<Record<string, string>>) => Promise<Response>;

/** Reads a page as a browser without scripts does, and the form in it that has a field of that name. */
export async function readForm(appUrl: string, path: string, field: string): Promise<SendForm> {
  const page = await (await fetch(appUrl + path)).text();
  const form = page.match(/<form\b.*?<\/form>/gs)?.find((found) => found.includes(`name="${field}"`)) ?? "";
  const hidden = [...form.matchAll(/<input type="hidden"[^>]*>/g)].map(
    ([input]) => [attribute(input, "name"), attribute(input, "value")] as const,
  );
  return async (fields) => {
    const body = new FormData();
    for (const [name, value] of [...hidden, ...Object.entries(fields)]) body.append(name, value);
    const headers = { origin: appUrl };
    const answer = await fetch(appUrl + path, { method: "POST", body, headers, redirect: "manual" });
    await answer.arrayBuffer();
    return answer;
  };
}

/** Reads the login page of an application; what it returns posts the form to the real server action each time. */
export async function passwordSignIn(appUrl: string, username: string): Promise<SignIn> {
  const send = await readForm(appUrl, "/login", "identifier");
  const password = people.find((person) => person.username === username)?.password ?? "";
  return async () => {
    const answer = await send({ identifier: username, password });
    const cookie = answer.headers.getSetCookie().find((header) => header.includes("gatehouse.session="));
    if (answer.status !== 303 || cookie === undefined)
      throw new Error(`The login form answered ${String(answer.status)} and no session.`);
    return cookie.split(";")[0] ?? "";
  };
}

/** Signs in at the development provider, with each site's cookies kept apart. @returns the session cookie, `name=value`. */
export async function providerSignIn(appUrl: string, username: string): Promise<string> {
  const jar = new Map<string, Map<string, string>>();
  const password = people.find((person) => person.username === username)?.password ?? "";
  const start = await send(jar, `${appUrl}/auth/oidc/oidc`, { intent: "sign-in", returnTo: "/" }, appUrl);
  let url = unescapeHtml(/<a href="([^"]+)"/.exec(await start.text())?.[1] ?? "");
  for (let hop = 0; hop < 12; hop += 1) {
    const answer = await send(jar, url);
    const location = answer.headers.get("location");
    const form = /<form method="post" action="([^"]+\/login)"/.exec(await answer.text())?.[1];
    const session = [...(jar.get(new URL(appUrl).origin) ?? [])].find(([name]) =>
      name.endsWith("gatehouse.session"),
    );
    if (session !== undefined) return session.join("=");
    if (location !== null) url = new URL(location, url).href;
    else if (form !== undefined) {
      const sent = await send(jar, new URL(form, url).href, { username, password });
      url = new URL(sent.headers.get("location") ?? "", url).href;
    } else break;
  }
  throw new Error(`The sign-in at the provider ended at ${url}.`);
}

async function send(
  jar: Map<string, Map<string, string>>,
  url: string,
  form?: Record<string, string>,
  origin?: string,
): Promise<Response> {
  const site = new URL(url).origin;
  const cookies = jar.get(site) ?? new Map<string, string>();
  jar.set(site, cookies);
  const answer = await fetch(url, {
    method: form === undefined ? "GET" : "POST",
    ...(form !== undefined && { body: new URLSearchParams(form) }),
    headers: {
      cookie: [...cookies].map((cookie) => cookie.join("=")).join("; "),
      ...(origin !== undefined && { origin }),
    },
    redirect: "manual",
  });
  for (const header of answer.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
    if (value === "") cookies.delete(name);
    else cookies.set(name, value);
  }
  return answer;
}

function attribute(tag: string, name: string): string {
  return unescapeHtml(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
}

function unescapeHtml(text: string): string {
  const named: Readonly<Record<string, string>> = { quot: '"', amp: "&", lt: "<", gt: ">" };
  return text.replace(
    /&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi,
    (_, decimal?: string, hex?: string, name?: string) =>
      decimal !== undefined
        ? String.fromCodePoint(Number(decimal))
        : hex !== undefined
          ? String.fromCodePoint(parseInt(hex, 16))
          : (named[name ?? ""] ?? ""),
  );
}
