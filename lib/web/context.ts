import "server-only";

export function requestContext(): Promise<unknown> {
  return Promise.resolve({});
}
