/** The parameters of an authorization request that a form of ours may set (OpenID Connect Core 3.1.2.1). */
export const startParameters = ["login_hint", "ui_locales", "max_age", "acr_values"] as const;

export type StartParameters = Readonly<Partial<Record<(typeof startParameters)[number], string>>>;
