"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const everyMilliseconds = 3_000;

/** Brings the page up to date by itself while it is there. Without scripts there is a button beside it. */
export function LookAgain() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      router.refresh();
    }, everyMilliseconds);
    return () => {
      clearInterval(timer);
    };
  }, [router]);
  return null;
}
