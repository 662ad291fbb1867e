/**
 * The path of the host that this build is served below: `/gate` for https://example.org/gate, empty for the host itself. The
 * build writes BASE_PATH in here, for the browser too.
 */
export const basePath: string = process.env["BASE_PATH"] ?? "";

/** What may stand in BASE_PATH: nothing that a URL would escape or that means something in the name of a cookie. */
export const basePathShape = /^(\/[A-Za-z0-9_-]+)*$/;

export const basePathAdvice =
  "must begin with a slash and not end with one, for example /gate; letters, digits, - and _ between slashes";

/** `basePath` as a part of a cookie's name, another for each. */
export const baseMark = basePath.replaceAll("/", "~");

/** A path of our routes, which begins at the root of the application, as it is on the host. */
export function onHost(path: string): string {
  return path === "/" && basePath !== "" ? basePath : basePath + path;
}

/** A path on the host as our routes know it; null when it leads to something else there. */
export function withinBase(pathname: string): string | null {
  if (pathname === basePath) return "/";
  return pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : null;
}

/** {@link onHost} of each. */
export function allOnHost<Name extends string>(
  relative: Readonly<Record<Name, string>>,
): Readonly<Record<Name, string>> {
  const entries = Object.entries<string>(relative).map(([name, path]) => [name, onHost(path)]);
  return Object.fromEntries(entries) as Readonly<Record<Name, string>>;
}
