export { completeOidcSignIn } from "./complete-oidc-sign-in";
export { emailSignIn } from "./email-sign-in";
export { passwordSignIn } from "./password-sign-in";
export { refusePostedAnswer } from "./refuse-posted-answer";
export { startOidcSignIn, type StartInput } from "./start-oidc-sign-in";
