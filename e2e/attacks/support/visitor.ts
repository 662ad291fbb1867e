import { request as httpRequest } from "node:http";

/** The fields of a form, as `fetch` wants them. */
export type Fields = Readonly<Record<string, string>>;

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where it sends the browser: a path of the application, or a whole address elsewhere. */
  readonly location: string | null;
}

/**
 * A browser without a window: keeps cookies, says where a form came from, follows nothing by itself. Attackers have
 * better tools than browsers, and so has this.
 */
export class Visitor {
  readonly origin: string;
  readonly cookies: Map<string, string>;

  constructor(origin: string, cookies: ReadonlyMap<string, string> = new Map()) {
    this.origin = origin;
    this.cookies = new Map(cookies);
  }

  /** Another browser that holds the same cookies, as after a theft. */
  copy(): Visitor {
    return new Visitor(this.origin, this.cookies);
  }

  get sessionCookie(): string | undefined {
    return this.cookies.get("gatehouse.session");
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answered> {
    return this.send(path, { headers });
  }

  /** Sends a form as a page of the application does; `headers` may say otherwise, and an empty one is left out. */
  post(path: string, fields: Fields, headers: Record<string, string> = {}): Promise<Answered> {
    return this.send(path, {
      method: "POST",
      headers: { origin: this.origin, ...headers },
      body: new URLSearchParams(fields),
    });
  }

  /** Sends a form by `multipart/form-data`, as forms of server actions go. */
  postMultipart(path: string, fields: Fields, headers: Record<string, string> = {}): Promise<Answered> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    return this.send(path, { method: "POST", headers: { origin: this.origin, ...headers }, body });
  }

  async send(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Answered> {
    const headers = Object.fromEntries(Object.entries(init.headers).filter(([, value]) => value !== ""));
    if (this.cookies.size > 0) headers["cookie"] ??= this.cookieHeader();
    // A kept connection may be closed by the server at the moment it is used again.
    headers["connection"] = "close";
    const response = await fetch(new URL(path, this.origin), { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const location = response.headers.get("location");
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      location:
        location?.startsWith(`${this.origin}/`) === true ? location.slice(this.origin.length) : location,
    };
  }

  cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  #keep(line: string): void {
    const [pair = "", ...attributes] = line.split("; ");
    const at = pair.indexOf("=");
    const name = pair.slice(0, at);
    const gone = attributes.some(
      (attribute) =>
        /^max-age=0$/i.test(attribute) ||
        (/^expires=/i.test(attribute) && Date.parse(attribute.slice(8)) < Date.now()),
    );
    if (gone) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(at + 1));
  }
}

/** A request with exactly these headers, `Host` included, which `fetch` does not allow. */
export function rawRequest(
  origin: string,
  path: string,
  headers: Record<string, string>,
  method = "GET",
): Promise<{
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
}> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ hostname, port, path, headers, method }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sent.on("error", reject).end();
  });
}
