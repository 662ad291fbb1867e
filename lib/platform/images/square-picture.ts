import sharp from "sharp";

/** The longest side that is kept, in pixels: twice what the largest avatar shows. */
const sidePixels = 256;
/** Above what phones take. A picture is measured by its header, before anything is decoded. */
const maxPixels = 50_000_000;
const maxSeconds = 5;

// Of all that libvips can read only these; the rest of it never sees a stranger's bytes.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer"],
});
// One thread a picture, and nothing kept: pages and passwords go first.
sharp.concurrency(1);
sharp.cache(false);

/**
 * Decodes a JPEG, PNG or WebP and draws it anew as a square WebP, upright and without anything but the pixels: no place,
 * no camera, no second file hidden behind the first.
 * @returns null for what is no whole picture of these kinds, or has more than 50 million pixels.
 */
export async function squarePicture(bytes: Uint8Array): Promise<Uint8Array | null> {
  try {
    return await sharp(bytes, { limitInputPixels: maxPixels, failOn: "error", sequentialRead: true })
      .rotate()
      .resize(sidePixels, sidePixels, { fit: "cover" })
      .webp({ quality: 82 })
      .timeout({ seconds: maxSeconds })
      .toBuffer();
  } catch {
    // Everything that sharp throws is about the bytes; its messages name no other cause.
    return null;
  }
}
