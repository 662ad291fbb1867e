"use client";

import { useEffect } from "react";

const everyMilliseconds = 5000;

/**
 * Goes to `path` as soon as it answers with anything but "temporarily unavailable". It asks in the background, so the
 * page never jumps under the reader for nothing; without scripts the page reloads itself instead.
 */
export function ComeBack({ path }: { path: string }) {
  useEffect(() => {
    const timer = setInterval(() => {
      void fetch(path, { method: "HEAD", cache: "no-store" }).then(
        ({ status }) => {
          if (status !== 503) location.replace(path);
        },
        () => undefined,
      );
    }, everyMilliseconds);
    return () => {
      clearInterval(timer);
    };
  }, [path]);

  return (
    <noscript>
      <meta httpEquiv="refresh" content={`${String(everyMilliseconds / 1000)};url=${path}`} />
    </noscript>
  );
}
