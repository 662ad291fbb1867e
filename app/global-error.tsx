"use client";

import { GeistSans } from "geist/font/sans";
import { Failure } from "@/components/outcome/failure";
import "./globals.css";

/** Stands in for the whole document when the layout itself fails, so it follows the theme of the device. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" className={GeistSans.variable}>
      <body className="min-h-dvh font-sans leading-normal">
        <main className="column py-14">
          <Failure error={error} retry={retry} />
        </main>
      </body>
    </html>
  );
}
