export { accounts } from "./accounts";
export { auditEvents } from "./audit-events";
export { credentials } from "./credentials";
export { providerTokens } from "./provider-tokens";
export { seenTokenIds } from "./seen-token-ids";
export { sessions } from "./sessions";
export { signingKeys } from "./signing-keys";
export { userRoles, users } from "./users";
