import type { Page } from "@playwright/test";
import { startStage, type Stage } from "../attacks/support/stage";
import { expect, newPerson, proves, signUpForm, submitSignUp, test as base, type Person } from "../fixtures";
import { passwordDigest, startRangeService, type RangeService } from "../peers/range-service";

const breached = "tr0ub4dor and three friends";
const reason = /This password was in a leak of some site/;

/** A site that asks a service of breached passwords. */
const test = base.extend<{ asked: undefined }, { site: { stage: Stage; service: RangeService } }>({
  site: [
    async ({ world }, provide) => {
      const service = await startRangeService([breached]);
      const stage = await startStage(world, { env: { BREACHED_PASSWORDS_URL: service.url } });
      await provide({ stage, service });
      await stage.close();
      await service.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  asked: [
    async ({ site: { service } }, provide) => {
      service.answer = null;
      service.requests.length = 0;
      await provide(undefined);
    },
    { auto: true },
  ],
});

async function expectProfile(page: Page, { url }: Stage, { name }: Person): Promise<void> {
  await page.waitForURL(`${url}/profile`);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

test(
  "a sign-up with a breached password is refused at its field, and the service learns five digits alone",
  { tag: "@no-scripts", ...proves({ asvs: ["6.2.12"], wcag: ["3.3.1"] }) },
  async ({ page, site: { stage, service } }) => {
    const person = newPerson();
    await page.goto(`${stage.url}/sign-up`);
    await submitSignUp(page, { ...person, password: breached });
    const field = signUpForm(page).getByLabel("Password", { exact: true });
    await expect(field).toHaveAccessibleDescription(reason);
    await expect(field).toBeFocused();
    await expect(signUpForm(page).getByLabel("User name")).toHaveValue(person.username);
    await submitSignUp(page, person);
    await expectProfile(page, stage, person);

    const [first, second] = service.requests;
    const asked = [breached, person.password].map((password) => passwordDigest(password).slice(0, 5));
    expect([first?.path, second?.path]).toEqual(asked.map((digits) => `/range/${digits}`));
    expect(service.requests).toHaveLength(2);
    for (const { method, headers, body } of service.requests) {
      expect([method, body, headers["add-padding"], headers.cookie]).toEqual(["GET", "", "true", undefined]);
      const said = JSON.stringify(headers);
      for (const secret of [person.username, person.email, breached, passwordDigest(breached).slice(5)])
        expect(said).not.toContain(secret);
    }
  },
);

test(
  "a breached password does not replace the one there is",
  proves({ asvs: ["6.2.12"], wcag: ["3.3.1"] }),
  async ({ page, site: { stage } }) => {
    const person = newPerson();
    await page.goto(`${stage.url}/sign-up`);
    await submitSignUp(page, person);
    await expectProfile(page, stage, person);
    await page.goto(`${stage.url}/settings/security`);
    const form = page.getByRole("form", { name: "Change the password" });
    const next = form.getByLabel("New password", { exact: true });
    for (const [password, expected] of [
      [breached, () => expect(next).toHaveAccessibleDescription(reason)],
      [
        "eleven quiet herons at dawn",
        () => expect(page.getByRole("status").first()).toHaveText("Your password is changed."),
      ],
    ] as const) {
      await form.getByLabel("Current password", { exact: true }).fill(person.password);
      await next.fill(password);
      await form.getByRole("button", { name: "Change the password" }).click();
      await expected();
    }
  },
);

for (const [what, answer, times] of [
  // A connection that ends before the answer is no answer: it is asked once more.
  ["is away", "close", 2],
  ["answers with an error", "server_error", 1],
  ["answers with a page", "html", 1],
] as const)
  test(
    `while the service ${what}, a password is taken, and the log says that it was not asked about`,
    proves({ asvs: ["16.5.2"] }),
    async ({ page, site: { stage, service } }) => {
      service.answer = answer;
      const before = stage.log().length;
      const person = newPerson();
      await page.goto(`${stage.url}/sign-up`);
      await submitSignUp(page, { ...person, password: breached });
      await expectProfile(page, stage, person);
      expect(service.requests).toHaveLength(times);
      const said = stage.log().slice(before);
      expect(said).toContain('"event":"breached_password_check_failed"');
      expect(said).not.toContain(passwordDigest(breached).slice(0, 5));
    },
  );
