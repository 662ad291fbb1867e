import { hiddenFields, submitAction } from "./support/forms";
import { newMember, newRole } from "./support/people";
import { expect, proves, test } from "./support/test";

const path = "/admin/system";
const failed = (text: string) => new RegExp(`Failed<!-- -->: </span>[^<]*${text}`);

test(
  "what is broken stands on the page with what to do, and a view asks nobody twice",
  proves("16.5.2"),
  async ({ stage }) => {
    const { visitor } = await newMember(stage, await newRole(stage, ["read:system"]));
    stage.peer.behaviour.discovery = { status: 503, body: "" };
    stage.api.answer = { status: 200, body: { text: "everything" } };
    // Somebody may have looked a moment ago, and for a moment everybody sees what they saw.
    const lookAgain = async () => {
      await submitAction(visitor, path, "Check again", {});
      return (await visitor.get(path)).text;
    };
    await expect.poll(lookAgain).toMatch(failed("discovery answered 503"));
    const { status, text } = await visitor.get(path);
    expect(status).toBe(200);
    expect(text).toContain("See that this machine reaches");
    expect(text).toMatch(failed("without an access token the protected message is answered with status 200"));

    const asked = () => stage.peer.requests.filter(({ endpoint }) => endpoint === "discovery").length;
    const before = asked();
    for (let view = 0; view < 5; view += 1) await visitor.get(path);
    expect(asked()).toBe(before);

    const internal = await visitor.get(path, { "x-forwarded-host": "internal:3000" });
    expect(internal.text).toMatch(failed("this request came to http://internal:3000"));
    expect(internal.text).toContain("Have the proxy pass Host on");

    for (const name of ["AUTH_SECRET", "OIDC_CLIENT_SECRET", "TOKEN_ENCRYPTION_KEYS"])
      expect(text.includes(stage.env[name]!), name).toBe(false);
  },
);

test(
  "nobody without the permission has it looked at, by whatever form",
  proves("8.2.1", "8.3.1"),
  async ({ stage }) => {
    const admin = await newMember(stage, "admin");
    const mallory = await newMember(stage, await newRole(stage, ["read:audit"]));
    const form = hiddenFields((await admin.visitor.get(path)).text, "Check again");
    const asked = () => stage.peer.requests.length;
    const before = asked();
    expect((await mallory.visitor.get(path)).status).toBe(403);
    const answer = await mallory.visitor.postMultipart(path, form);
    expect(answer.text).not.toContain("DATABASE_POOL_SIZE");
    expect(answer.location ?? "").not.toContain("notice=checked");
    expect(asked()).toBe(before);
  },
);
