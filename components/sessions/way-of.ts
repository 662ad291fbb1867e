import type { SignInMethod } from "@/lib/shared/views";

/** With what somebody signed in, for people. */
export function wayOf(method: SignInMethod, providerName: string | null): string {
  switch (method) {
    case "oidc":
      return providerName ?? "an identity provider";
    case "password":
      return "a password";
    case "email":
      return "a mail to your address";
  }
}
