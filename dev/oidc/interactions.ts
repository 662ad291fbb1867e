import type { Context, Middleware } from "./middleware";
import type Provider from "oidc-provider";
import type { InteractionResults } from "oidc-provider";
import type { Accounts } from "./accounts";
import { readForm } from "./form";
import { emptyForm, loginScreen, signUpScreen, type FormState } from "./pages/screens";
import { showPage } from "./pages/show";
import type { OidcSettings } from "./settings";
import { checkSignUp } from "./sign-up";

type Details = Awaited<ReturnType<Provider["interactionDetails"]>>;

/** The login and sign-up screens at `/interaction/:uid`. */
export function interactions(settings: OidcSettings, provider: Provider, accounts: Accounts): Middleware {
  const prefix = new URL(settings.issuer).pathname.replace(/\/$/, "");

  return async (ctx, next) => {
    const match = /^\/interaction\/([\w-]+)(?:\/(login|sign-up|cancel))?$/.exec(ctx.path);
    if (!match) {
      await next();
      return;
    }
    const [, uid = "", step] = match;
    let details: Details;
    try {
      details = await provider.interactionDetails(ctx.req, ctx.res);
    } catch {
      ctx.status = 400;
      showPage(settings, ctx, "Too late", tooLate);
      return;
    }
    const base = `${prefix}/interaction/${uid}`;
    if (step === "cancel")
      return finish(ctx, { error: "access_denied", error_description: "The person cancelled." });
    if (ctx.method === "POST" && step === "login") return login(ctx, details, base);
    if (ctx.method === "POST" && step === "sign-up") return signUp(ctx, details, base);
    if (ctx.method !== "GET" && ctx.method !== "HEAD") {
      ctx.status = 405;
      return;
    }
    // The applications are the people's own: consent is never a question.
    if (details.prompt.name === "consent") return finish(ctx, { consent: {} });
    const screen = ctx.query["screen"] ?? (details.prompt.name === "create" ? "sign-up" : "login");
    const hint = details.params["login_hint"];
    const form = typeof hint === "string" ? { values: { username: hint }, errors: {} } : emptyForm;
    await show(
      ctx,
      details,
      base,
      screen === "sign-up" ? "sign-up" : "login",
      screen === "sign-up" ? emptyForm : form,
    );
  };

  async function login(ctx: Context, details: Details, base: string): Promise<void> {
    const values = await readForm(ctx.req);
    const person = await accounts.authenticate(values["username"] ?? "", values["password"] ?? "");
    if (person) return finish(ctx, { login: { accountId: person.sub, amr: ["pwd"] }, create: {} });
    ctx.status = 400;
    await show(ctx, details, base, "login", {
      values,
      errors: { form: "The user name or the password is not right." },
    });
  }

  async function signUp(ctx: Context, details: Details, base: string): Promise<void> {
    const values = await readForm(ctx.req);
    const checked = checkSignUp(values, accounts);
    if ("person" in checked) {
      const person = await accounts.create(checked.person);
      return finish(ctx, { login: { accountId: person.sub, amr: ["pwd"] }, create: {} });
    }
    ctx.status = 400;
    await show(ctx, details, base, "sign-up", { values, errors: checked.errors });
  }

  async function show(
    ctx: Context,
    details: Details,
    base: string,
    screen: "login" | "sign-up",
    form: FormState,
  ): Promise<void> {
    const client = await provider.Client.find(String(details.params["client_id"]));
    const name = client?.clientName ?? "the application";
    const render = screen === "login" ? loginScreen : signUpScreen;
    const title = screen === "login" ? "Log in" : "Sign up";
    const failed = Object.keys(form.errors).length > 0;
    showPage(settings, ctx, failed ? `Error: ${title}` : title, render(settings.title, name, base, form));
  }

  async function finish(ctx: Context, result: InteractionResults): Promise<void> {
    ctx.respond = false;
    await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: true });
  }
}

const tooLate = `<h1>This page is too old</h1>
<p>The login was finished or given up elsewhere. Go back to the application and start again.</p>`;
