import { escapeHtml } from "./layout";

/** What the login and sign-up screens show again after a mistake. */
export interface FormState {
  readonly values: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
}

/** An empty form. */
export const emptyForm: FormState = { values: {}, errors: {} };

/** The login form. `base` is the path of the interaction. */
export function loginScreen(brand: string, client: string, base: string, form: FormState): string {
  return `<h1>Log in</h1>
<p class="soft">to go on to ${escapeHtml(client)}</p>
${alertOf(form)}
<form method="post" action="${base}/login">
${field("username", "User name or e-mail", "text", "username", form)}
${field("password", "Password", "password", "current-password", form)}
<button type="submit">Log in</button>
</form>
<div class="links"><a href="${base}?screen=sign-up">Create a ${escapeHtml(brand)} account</a><a href="${base}/cancel">Cancel</a></div>`;
}

/** The sign-up form. */
export function signUpScreen(brand: string, client: string, base: string, form: FormState): string {
  return `<h1>Sign up</h1>
<p class="soft">Create a ${escapeHtml(brand)} account to go on to ${escapeHtml(client)}</p>
${alertOf(form)}
<form method="post" action="${base}/sign-up">
${field("name", "Name", "text", "name", form)}
${field("username", "User name", "text", "username", form)}
${field("email", "E-mail", "email", "email", form)}
${field("password", "Password", "password", "new-password", form, "At least 8 characters")}
<button type="submit">Sign up</button>
</form>
<div class="links"><a href="${base}?screen=login">Log in instead</a><a href="${base}/cancel">Cancel</a></div>`;
}

/** Asks before the session ends; `form` is the provider's own, with its secret. */
export function logoutScreen(form: string): string {
  return `<h1>Log out?</h1>
<p>This ends your session here and in the applications that you opened with it.</p>
${form}
<button type="submit" form="op.logoutForm" name="logout" value="yes">Log out</button>
<button class="plain" type="submit" form="op.logoutForm">Stay logged in</button>`;
}

/** Shown after a logout that names no place to return to. */
export function loggedOutScreen(): string {
  return `<h1>You are logged out</h1>
<p>You can close this page.</p>`;
}

/** Shown for a request that cannot be sent back to its application. */
export function errorScreen(error: string, description: string): string {
  return `<h1>This request cannot be answered</h1>
<p class="error"><strong>${escapeHtml(error)}</strong><br>${escapeHtml(description)}</p>
<p>Go back to the application and start again.</p>`;
}

function alertOf(form: FormState): string {
  const general = form.errors["form"];
  return general === undefined ? "" : `<p class="error" role="alert">${escapeHtml(general)}</p>`;
}

function field(
  name: string,
  label: string,
  type: string,
  autocomplete: string,
  form: FormState,
  hint?: string,
): string {
  const error = form.errors[name];
  const described = [hint !== undefined && `${name}-hint`, error !== undefined && `${name}-error`].filter(
    Boolean,
  );
  const attributes = [
    `id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" required`,
    `value="${escapeHtml(type === "password" ? "" : (form.values[name] ?? ""))}"`,
    type === "password" ? "" : 'autocapitalize="none" spellcheck="false"',
    error === undefined ? "" : 'aria-invalid="true"',
    described.length > 0 ? `aria-describedby="${described.join(" ")}"` : "",
  ];
  return `<label for="${name}">${label}</label>
${hint === undefined ? "" : `<p class="soft" id="${name}-hint">${hint}</p>`}
<input ${attributes.filter(Boolean).join(" ")}>
${error === undefined ? "" : `<p class="error" id="${name}-error">${escapeHtml(error)}</p>`}`;
}
