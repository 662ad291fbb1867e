import type { Viewer } from "@/lib/shared/views";

const sizes = {
  small: { pixels: 28, box: "size-7 text-xs" },
  large: { pixels: 80, box: "size-20 text-2xl" },
};

/** Finds what a reader takes for one letter, however many code points it has. */
const segmenter = new Intl.Segmenter("en");

/** First letters of the first and the last word of a name: "Ada Lovelace" becomes "AL". */
function initialsOf(name: string): string {
  const [first = "", ...rest] = name.trim().split(/\s+/);
  const words = [first, ...rest.slice(-1)];
  return words
    .map((word) => segmenter.segment(word).containing(0)?.segment ?? "")
    .join("")
    .toUpperCase();
}

/** The picture of a person; their initials while there is none, it loads, or it fails. Decorative: the name is beside it. */
export function Avatar({
  viewer,
  size,
}: {
  viewer: Pick<Viewer, "displayName" | "picture">;
  size: keyof typeof sizes;
}) {
  const { pixels, box } = sizes[size];
  return (
    <span
      className={`relative inline-flex shrink-0 items-center justify-center overflow-hidden rounded-full bg-accent-soft font-medium text-accent-strong ${box}`}
    >
      <span aria-hidden="true">{initialsOf(viewer.displayName)}</span>
      {viewer.picture ? (
        <img
          src={viewer.picture}
          alt=""
          width={pixels}
          height={pixels}
          referrerPolicy="no-referrer"
          decoding="async"
          className="absolute inset-0 size-full object-cover"
        />
      ) : null}
    </span>
  );
}
