import { deflateSync, crc32 } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { squarePicture } from "./square-picture";

const plain = () => sharp({ create: { width: 600, height: 300, channels: 3, background: "#336699" } });

/** A PNG of one bit a pixel, all of them white: hardly any bytes, and as many pixels as one likes. */
function pngOf(width: number, height: number): Uint8Array {
  const row = Buffer.alloc(1 + Math.ceil(width / 8), 0xff).fill(0, 0, 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const data = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(8 + body.length);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), 4 + body.length);
  return out;
}

describe("an uploaded picture", () => {
  it.each(["jpeg", "png", "webp"] as const)("as %s becomes a square WebP", async (format) => {
    const drawn = await squarePicture(await plain().toFormat(format).toBuffer());
    expect(await sharp(drawn!).metadata()).toMatchObject({ format: "webp", width: 256, height: 256 });
  });

  it("loses what it says about place and camera", async () => {
    const photo = await plain()
      .jpeg()
      .withExif({ IFD0: { Make: "Spy Camera" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 30/1 0/1" } })
      .withXmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'>secret</x:xmpmeta>")
      .toBuffer();
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const drawn = await squarePicture(photo);
    const { exif, xmp, icc, iptc } = await sharp(drawn!).metadata();
    expect({ exif, xmp, icc, iptc }).toEqual({});
    expect(Buffer.from(drawn!).includes("Spy")).toBe(false);
  });

  it("is turned the way the camera was held", async () => {
    const halves = await sharp({ create: { width: 400, height: 400, channels: 3, background: "#ffffff" } })
      .composite([
        {
          input: { create: { width: 400, height: 200, channels: 3, background: "#000000" } },
          gravity: "north",
        },
      ])
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const { data, info } = await sharp((await squarePicture(halves))!)
      .raw()
      .toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => data[(y * info.width + x) * info.channels]!;
    expect([at(10, 128), at(245, 128)].map((value) => value > 128)).toEqual([true, false]);
  });

  it("with more pixels than anybody needs is refused by its header", async () => {
    expect(await squarePicture(pngOf(300, 200))).not.toBeNull();
    const bomb = pngOf(20_000, 20_000);
    expect(bomb.length).toBeLessThan(100_000);
    expect(await squarePicture(bomb)).toBeNull();
  });

  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>`;

  it.each([
    ["nothing", () => Promise.resolve(Buffer.alloc(0))],
    ["HTML", () => Promise.resolve(Buffer.from("<script>alert(1)</script>"))],
    ["SVG", () => Promise.resolve(Buffer.from(svg))],
    ["a GIF", () => plain().gif().toBuffer()],
    ["a TIFF", () => plain().tiff().toBuffer()],
    ["an AVIF", () => plain().avif({ effort: 0 }).toBuffer()],
    ["half a JPEG", async () => (await plain().jpeg().toBuffer()).subarray(0, 900)],
    ["a PNG with a broken byte", async () => (await plain().png().toBuffer()).fill(0x41, 60, 90)],
    ["a signature alone", () => Promise.resolve(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))],
  ])("that is %s is refused", async (_, make) => {
    expect(await squarePicture(await make())).toBeNull();
  });

  it("keeps no second file that was hung onto it", async () => {
    const picture = await plain().png().toBuffer();
    const drawn = await squarePicture(Buffer.concat([picture, Buffer.from(svg)]));
    expect(Buffer.from(drawn!).includes("script")).toBe(false);
  });
});
