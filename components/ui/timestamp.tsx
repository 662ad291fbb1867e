const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/** A moment in words. In UTC, and says so: the server does not know the time zone of the reader. */
export function Timestamp({ at }: { at: Date }) {
  return <time dateTime={at.toISOString()}>{`${format.format(at)} UTC`}</time>;
}

const dayFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** A day where the hour does not matter; UTC, like the moment. */
export function Day({ at }: { at: Date }) {
  return <time dateTime={at.toISOString()}>{dayFormat.format(at)}</time>;
}
