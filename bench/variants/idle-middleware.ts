import { NextResponse } from "next/server";

/** Runs where the product's middleware runs and does nothing. */
export function middleware(): NextResponse {
  return NextResponse.next();
}

export const config = {
  runtime: "nodejs",
  matcher: ["/((?!_next/static|_next/image|icon.svg|favicon.ico|robots.txt).*)"],
};
