import { allOnHost, onHost } from "@/lib/shared/base-path";
import type { Permission } from "@/lib/shared/permissions";

/** The only place where paths are written. Each is given out as it is on the host, `basePath` included. */
export const paths = allOnHost({
  home: "/",
  public: "/public",
  login: "/login",
  signUp: "/sign-up",
  profile: "/profile",
  apiAccess: "/profile/api-access",
  protected: "/protected",
  admin: "/admin",
  adminOverview: "/admin/overview",
  adminUsers: "/admin/users",
  adminInvite: "/admin/users/invite",
  adminBulk: "/admin/users/bulk",
  adminRoles: "/admin/roles",
  /** Above the pages that change a role each. */
  adminChangeRole: "/admin/roles/change",
  adminAudit: "/admin/audit",
  adminSystem: "/admin/system",
  profileSettings: "/settings/profile",
  sessions: "/settings/sessions",
  security: "/settings/security",
  emailSettings: "/settings/email",
  /** What the link in a mail to a new address opens. */
  confirmNewEmail: "/settings/email/confirm",
  activity: "/settings/activity",
  account: "/settings/account",
  confirm: "/confirm",
  identities: "/settings/identities",
  /** Asks whether the identity that waits in this browser is the viewer's own. */
  connectIdentity: "/settings/identities/connect",
  outcome: "/auth/error",
  /** `initiate_login_uri` of OpenID Connect Core 4. */
  initiateLogin: "/auth/initiate-login",
  proposedLogin: "/auth/proposed-login",
  signedOut: "/auth/signed-out",
  emailLogin: "/login/email",
  emailLoginCode: "/login/code",
  emailLoginLink: "/login/link",
  confirmEmail: "/confirm-email",
  forgotPassword: "/forgot-password",
  resetPassword: "/reset-password",
  undoEmailChange: "/undo-email-change",
});

/** Form targets; each accepts POST alone. */
export const postPaths = {
  /**
   * Starts a sign-in at an OpenID provider: fields `returnTo`, `intent` (`sign-in`, `sign-up` or, for somebody signed in,
   * `confirm`), and what may be asked of the provider (`startParameters`).
   */
  startOidc: (provider: string) => onHost(`/auth/oidc/${provider}`),
  /** Ends the session: field `scope` is `everywhere` (the provider too) or `here`. */
  signOut: onHost("/auth/sign-out"),
  /** The viewer's picture: a file in the field `picture`, or the field `remove`. */
  picture: onHost("/settings/profile/picture"),
  /** Answers with rows of the audit log as a file: fields `format` and those of the filter. */
  exportAudit: onHost("/admin/audit/export"),
  bulkResult: (id: string) => onHost(`/admin/users/bulk/${id}/result`),
  adminUserData: (id: string) => onHost(`/admin/users/${id}/data`),
  /** Answers with everything about the viewer as a file. */
  downloadData: onHost("/settings/account/data"),
} as const;

export const apiPaths = {
  auth: onHost("/api/auth"),
  /** Where a provider sends the browser back, one path for each (RFC 9700 section 4.4.2). */
  callback: (provider: string) => onHost(`/api/auth/callback/${provider}`),
  backchannelLogout: (provider: string) => onHost(`/api/auth/backchannel-logout/${provider}`),
  messages: (kind: string) => onHost(`/api/messages/${kind}`),
  me: onHost("/api/me"),
  authenticate: onHost("/api/authenticate"),
  session: onHost("/api/session"),
} as const;

/**
 * The methods of each route handler of our own API, beneath the application's root. What is not written here is not
 * reached; `/api/auth` sees to itself.
 */
export const apiMethods: Readonly<Record<string, readonly string[]>> = {
  "/api/openapi.json": ["GET"],
  "/api/authenticate": ["POST"],
  "/api/cron/{task}": ["GET"],
  "/api/health/live": ["GET"],
  "/api/health/ready": ["GET"],
  "/api/me": ["GET"],
  "/api/messages/{kind}": ["GET"],
  "/api/session": ["POST"],
  "/api/token/refresh": ["POST"],
  "/api/token/revoke": ["POST"],
  "/api/users": ["GET", "POST"],
  "/api/users/invitations": ["POST"],
  "/api/users/{id}": ["GET", "PATCH", "DELETE"],
  "/api/users/me": ["GET", "PATCH", "DELETE"],
};

/** What this application publishes about itself as an issuer of access tokens. */
export const wellKnownPaths = allOnHost({
  jwks: "/.well-known/jwks.json",
  /** RFC 8414 section 3, which puts it elsewhere on the host when the issuer has a path: the proxy brings it here. */
  authorizationServer: "/.well-known/oauth-authorization-server",
});

/** The query parameter that carries the path to come back to. */
export const returnToParameter = "returnTo";

/** Calm words for the sign-in page to begin with. */
export const loginNotices = [
  "signed-out",
  "session-ended",
  "cancelled",
  "connect",
  "provider-logged-out",
  "disconnected",
  "deletion-asked",
  "password-reset",
  "email-restored",
] as const;

export type LoginNotice = (typeof loginNotices)[number];

/** The sign-in page, which comes back to `returnTo`. */
export function loginPath(returnTo?: string, notice?: LoginNotice): string {
  const query = new URLSearchParams();
  if (notice !== undefined) query.set("notice", notice);
  if (returnTo !== undefined) query.set(returnToParameter, returnTo);
  return query.size === 0 ? paths.login : `${paths.login}?${query}`;
}

/** The sign-up page, which comes back to `returnTo`. */
export function signUpPath(returnTo: string | null): string {
  return comingBack(paths.signUp, returnTo);
}

function comingBack(path: string, returnTo: string | null): string {
  return returnTo === null ? path : `${path}?${new URLSearchParams({ [returnToParameter]: returnTo })}`;
}

/** The page that asks whether to log in as another site proposed. */
export function proposedLoginPath(proposed: {
  provider: string;
  returnTo: string | null;
  loginHint: string | undefined;
}): string {
  const query = new URLSearchParams({ provider: proposed.provider });
  if (proposed.returnTo !== null) query.set(returnToParameter, proposed.returnTo);
  if (proposed.loginHint !== undefined) query.set("login_hint", proposed.loginHint);
  return `${paths.proposedLogin}?${query}`;
}

/** What the page of sessions says after an end: `?notice=`. */
export const sessionNotices = ["ended", "others-ended"] as const;

export type SessionNotice = (typeof sessionNotices)[number];

/** The sessions page with word of what was just done. */
export function sessionsPath(notice: SessionNotice): string {
  return `${paths.sessions}?notice=${notice}`;
}

/** What the profile settings say after a change: `?notice=`. */
export const profileNotices = [
  ...(["name-saved", "picture-saved", "picture-removed"] as const),
  ...(["no-picture", "not-a-picture", "picture-too-large"] as const),
] as const;

export type ProfileNotice = (typeof profileNotices)[number];

/** The profile settings with word of what was just done. */
export function profileSettingsPath(notice: ProfileNotice): string {
  return `${paths.profileSettings}?notice=${notice}`;
}

/** What the security settings say after a change: `?notice=`. */
export const securityNotices = ["password-changed", "password-set"] as const;

export type SecurityNotice = (typeof securityNotices)[number];

/** The security settings with word of what was just done. */
export function securityPath(notice: SecurityNotice): string {
  return `${paths.security}?notice=${notice}`;
}

/** The page of activity from the row with this id on, older ones. */
export function activityPath(before: string): string {
  return `${paths.activity}?before=${before}`;
}

/** Why the page that asks for a confirmation shows again. */
export const confirmNotices = ["cancelled", "confirmed_as_another", "confirmed_too_long_ago"] as const;

export type ConfirmNotice = (typeof confirmNotices)[number];

/** The page that asks the person to prove anew who they are, and comes back to `returnTo`. */
export function confirmPath(returnTo: string | null, notice?: ConfirmNotice): string {
  const query = new URLSearchParams();
  if (returnTo !== null) query.set(returnToParameter, returnTo);
  if (notice !== undefined) query.set("notice", notice);
  return `${paths.confirm}?${query}`;
}

/** What the page of connected identities says: `?notice=`. */
export const identityNotices = ["connected", "connected-already", "disconnected", "not-connected"] as const;

export type IdentityNotice = (typeof identityNotices)[number];

/** The page of connected identities with word of what was just done. */
export function identitiesPath(notice: IdentityNotice): string {
  return `${paths.identities}?notice=${notice}`;
}

/** The API access page with word of what was just done. */
export function apiAccessPath(done?: string): string {
  return done === undefined ? paths.apiAccess : `${paths.apiAccess}?done=${encodeURIComponent(done)}`;
}

/** The page that asks for an address to log in by, or for the code that was sent there; it comes back to `returnTo`. */
export function emailLoginPath(page: "emailLogin" | "emailLoginCode", returnTo: string | null): string {
  return comingBack(paths[page], returnTo);
}

/** What the page for a forgotten password says once a mail may be on its way. */
export const resetAskedPath = `${paths.forgotPassword}?sent=1`;

/** The query parameter of the token in a link that was sent by mail. */
export const linkTokenParameter = "token";

/** A page that a mail links to, with its one-time token. */
export function mailedPath(path: string, token: string): string {
  return `${path}?${linkTokenParameter}=${token}`;
}

/** Who may open a route. A permission asks besides that the person has proved their e-mail address, if they gave one. */
export type Access =
  | { readonly kind: "everyone" }
  | { readonly kind: "signed-out" }
  | { readonly kind: "signed-in" }
  | { readonly kind: "permission"; readonly permission: Permission };

interface RouteRule {
  readonly path: string;
  /** `exact` holds for the path alone, `tree` for everything beneath it too. */
  readonly match: "exact" | "tree";
  readonly access: Access;
}

export const everyone: Access = { kind: "everyone" };
export const signedIn: Access = { kind: "signed-in" };

export function permitted(permission: Permission): Access {
  return { kind: "permission", permission };
}

/** The route policy: middleware, pages, navigation and the denied page read this table. The first match decides. */
export const routePolicy: readonly RouteRule[] = [
  { path: paths.home, match: "exact", access: everyone },
  { path: paths.public, match: "exact", access: everyone },
  { path: paths.login, match: "exact", access: { kind: "signed-out" } },
  { path: paths.signUp, match: "exact", access: { kind: "signed-out" } },
  { path: paths.emailLogin, match: "exact", access: { kind: "signed-out" } },
  { path: paths.emailLoginCode, match: "exact", access: { kind: "signed-out" } },
  { path: paths.emailLoginLink, match: "exact", access: everyone },
  { path: paths.forgotPassword, match: "exact", access: everyone },
  { path: paths.resetPassword, match: "exact", access: everyone },
  { path: paths.undoEmailChange, match: "exact", access: everyone },
  { path: paths.confirmEmail, match: "exact", access: signedIn },
  { path: onHost("/auth"), match: "tree", access: everyone },
  { path: onHost("/.well-known"), match: "tree", access: everyone },
  { path: paths.confirm, match: "exact", access: signedIn },
  { path: paths.profile, match: "tree", access: signedIn },
  { path: paths.protected, match: "exact", access: signedIn },
  { path: paths.admin, match: "exact", access: permitted("read:admin-messages") },
  { path: paths.adminOverview, match: "exact", access: permitted("read:overview") },
  { path: paths.adminInvite, match: "exact", access: permitted("create:users") },
  { path: paths.adminUsers, match: "tree", access: permitted("read:users") },
  { path: paths.adminRoles, match: "exact", access: permitted("read:roles") },
  { path: paths.adminChangeRole, match: "tree", access: permitted("manage:roles") },
  { path: paths.adminAudit, match: "exact", access: permitted("read:audit") },
  { path: paths.adminSystem, match: "exact", access: permitted("read:system") },
  { path: postPaths.exportAudit, match: "exact", access: permitted("export:audit") },
  { path: onHost("/settings"), match: "tree", access: signedIn },
];

/**
 * Who may open `pathname`. A path without a rule is not a page of ours, so it falls through to the 404 page for
 * everyone; a test walks `app/` and fails on a page that has no rule.
 */
export function accessFor(pathname: string): Access | undefined {
  return routePolicy.find(
    ({ path, match }) => pathname === path || (match === "tree" && pathname.startsWith(`${path}/`)),
  )?.access;
}
