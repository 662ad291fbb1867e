import type { Measuring } from "../measuring";
import type { Row } from "../report";
import type { Setting } from "../setting";

/** What a browser sends back with every request. */
export async function measureCookie(setting: Setting, measuring: Measuring): Promise<Row[]> {
  const cookie = await measuring(() => setting.cookie());
  const value = cookie.slice(cookie.indexOf("=") + 1);
  // Over https the name is longer by a prefix.
  const size = Buffer.byteLength(cookie) + "__Host-".length;
  return [
    {
      name: `Session cookie, name and value over https (value alone ${String(value.length)})`,
      ours: `${String(size)} B`,
      baseline: "",
      ratio: null,
      target: "< 160 B",
    },
  ];
}
