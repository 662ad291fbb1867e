export { completeOidcSignIn } from "./complete-oidc-sign-in";
export { passwordSignIn } from "./password-sign-in";
export { startOidcSignIn, type StartInput } from "./start-oidc-sign-in";
