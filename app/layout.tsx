import type { Metadata, Viewport } from "next";
import { GeistSans } from "geist/font/sans";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { SessionGuard } from "@/components/session/session-guard";
import { SiteFooter } from "@/components/layout/site-footer";
import { SiteHeader } from "@/components/layout/site-header";
import { SkipLink } from "@/components/layout/skip-link";
import { ThemeSwitch } from "@/components/layout/theme-switch";
import { browserColors } from "@/components/layout/browser-colors";
import { UnprovedBanner } from "@/components/verification/unproved-banner";
import { sendsMail } from "@/lib/env";
import { paths } from "@/lib/routes";
import type { SessionOwner } from "@/lib/shared/session-left";
import { mustProveEmail, type Viewer } from "@/lib/shared/views";
import { currentViewer } from "@/lib/web/viewer";
import { requestPathHeader } from "@/lib/web/request-headers";
import { resendConfirmation } from "./confirm-email/actions";
import { chooseTheme } from "./theme/actions";
import { readTheme } from "./theme/read-theme";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Gatehouse", template: "%s · Gatehouse" },
  description: "Signs people in, shows them who they are, and lets them only where they may go.",
};

export async function generateViewport(): Promise<Viewport> {
  const theme = await readTheme();
  const { light, dark } = browserColors;
  return {
    width: "device-width",
    initialScale: 1,
    colorScheme: theme === "system" ? "light dark" : theme,
    themeColor:
      theme === "system"
        ? [
            { media: "(prefers-color-scheme: light)", color: light },
            { media: "(prefers-color-scheme: dark)", color: dark },
          ]
        : browserColors[theme],
  };
}

const mainId = "main";

/** The frame of every page. It shows who is signed in; it authorises nothing, each page does that for itself. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [state, theme, requestHeaders] = await Promise.all([currentViewer(), readTheme(), headers()]);
  const viewer = state.status === "signed-in" ? state.viewer : null;
  const pathname = requestHeaders.get(requestPathHeader)?.split("?")[0] ?? null;
  return (
    <html lang="en" data-theme={theme} className={GeistSans.variable}>
      <body className="flex min-h-dvh flex-col font-sans leading-normal">
        <SkipLink target={mainId} />
        <SiteHeader
          viewer={viewer}
          canSignIn={state.status === "signed-out"}
          pathname={pathname}
          theme={theme}
          chooseTheme={chooseTheme}
        />
        {viewer !== null && mustProveEmail(viewer) && pathname !== paths.confirmEmail && sendsMail() ? (
          <UnprovedBanner email={viewer.email ?? ""} resend={resendConfirmation} />
        ) : null}
        <main id={mainId} tabIndex={-1} className="column flex-1 py-10 outline-none sm:py-14">
          {children}
        </main>
        <SiteFooter>{viewer ? null : <ThemeSwitch theme={theme} action={chooseTheme} />}</SiteFooter>
        {state.status === "signed-in" ? (
          <SessionGuard owner={ownerOf(state.viewer)} left={state.left} />
        ) : null}
      </body>
    </html>
  );
}

function ownerOf({ userId, displayName, method, username, email }: Viewer): SessionOwner {
  return { userId, displayName, uid: method === "password" ? (username ?? email) : null };
}
