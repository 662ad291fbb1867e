import "server-only";

/** The network of an address: 24 bits of IPv4, 48 bits of IPv6. */
export function coarseAddress(address: string): string {
  const [, v4] = /^(?:::ffff:)?(\d+\.\d+\.\d+)\.\d+$/i.exec(address) ?? [];
  if (v4 !== undefined) return `${v4}.x`;
  const groups = address.split("::")[0]?.split(":").slice(0, 3).join(":");
  return groups === undefined || groups === "" ? "local" : `${groups}::x`;
}
