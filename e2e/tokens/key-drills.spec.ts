import { randomBytes } from "node:crypto";
import { logIn } from "../attacks/support/forms";
import { beginSignIn, visitCallback } from "../attacks/support/oidc";
import { Visitor } from "../attacks/support/visitor";
import { demoPerson } from "../fixtures";
import type { DemoPair } from "./support/demo-pair";
import { setRemaining } from "./support/database";
import { logInAtDemo } from "./support/demo-log-in";
import { underLoad, type LoadReport, type Regular } from "./support/load";
import { at, read } from "./support/readers";
import { expect, proves, test } from "./support/test";

test.describe.configure({ mode: "default", timeout: 240_000 });

/** People of both kinds with pages and messages; twice a second an access token has to be renewed. */
async function audience(
  pair: DemoPair,
): Promise<{ people: readonly Visitor[]; regulars: readonly Regular[] }> {
  const [local, remote] = [await logInLocally(pair, "ada"), await pair.signIn(demoPerson("grace"))];
  const paths = ["/profile", "/api/messages/protected", "/protected", "/api/me"];
  const regulars = [local, remote].flatMap((person, index) =>
    paths.map((path) => ({
      name: `${index === 0 ? "local" : "provider"} ${path}`,
      ask: () => person.get(path),
    })),
  );
  const renewal = {
    name: "renewal",
    ask: async () => {
      await setRemaining(pair.rows, remote, 10);
      return remote.get("/api/messages/protected");
    },
  };
  return { people: [local, remote], regulars: [...regulars, renewal] };
}

/** Runs a drill under load; nobody may meet a failed request or be signed out. */
async function drill(
  pair: DemoPair,
  info: { annotations: { type: string; description?: string }[] },
  work: (people: readonly Visitor[]) => Promise<void>,
): Promise<LoadReport> {
  const { people, regulars } = await audience(pair);
  const errorsBefore = decryptionFaults(pair);
  const report = await underLoad(regulars, () => work(people));
  const description = `${String(report.answered)} requests, ${String(report.failed.length)} failed`;
  info.annotations.push({ type: "figures", description });
  expect(report.failed).toEqual([]);
  for (const instance of pair.instances.all)
    for (const person of people)
      expect(await at(instance, person).get("/api/me")).toMatchObject({ status: 200 });
  expect(decryptionFaults(pair), "every process could open everything").toBe(errorsBefore);
  return report;
}

test(
  "TOKEN_ENCRYPTION_KEYS is rotated under load, from the new key's arrival to the old one's end, and no request fails",
  proves({ row: [4], asvs: ["11.2.2", "13.3.4"] }),
  async ({ demoPair: pair }, info) => {
    const { instances, rows } = pair;
    const old = instances.env()["TOKEN_ENCRYPTION_KEYS"]!;
    const oldId = old.split(":")[0]!;
    const fresh = `k${randomBytes(4).toString("hex")}:${randomBytes(32).toString("base64")}`;
    await drill(pair, info, async (people) => {
      // Every process can open what the new key seals before the first one seals with it.
      const exchange = () => renewAtEach(pair, people);
      await instances.roll({ TOKEN_ENCRYPTION_KEYS: `${old},${fresh}` }, exchange);
      await instances.roll({ TOKEN_ENCRYPTION_KEYS: `${fresh},${old}` }, exchange);
      const command = await pair.command("lib/domain/tokens/reseal-tokens.command.ts");
      expect(command.output).toMatch(
        new RegExp(`rows were sealed anew under key ${fresh.split(":")[0]!}\\.`),
      );
      expect(command.ok).toBe(true);
      const [left] = await rows.sql`
        select (select count(*)::int from provider_tokens where
            concat(access_token_sealed, refresh_token_sealed, id_token_sealed) like ${`%v1.${oldId}.%`}) as tokens,
          (select count(*)::int from signing_keys where private_key_sealed like ${`v1.${oldId}.%`}) as keys`;
      expect(left).toEqual({ tokens: 0, keys: 0 });
      await instances.roll({ TOKEN_ENCRYPTION_KEYS: fresh }, exchange);
    });
  },
);

test(
  "AUTH_SECRET is rotated under load: a sign-in that is under way ends well and nobody is signed out",
  proves({ row: [4], asvs: ["11.2.2", "13.3.4"] }),
  async ({ demoPair: pair }, info) => {
    const { instances, issuer, url } = pair;
    const old = instances.env()["AUTH_SECRET"]!;
    const fresh = randomBytes(32).toString("base64url");
    const begin = async () => {
      const visitor = new Visitor(url);
      const request = await beginSignIn(visitor);
      return async () => {
        const end = await visitCallback(visitor, await logInAtDemo(issuer, request, demoPerson("alan")));
        expect(end.kind === "refused" ? end.code : end.kind).toBe("signed-in");
        for (const instance of instances.all)
          expect(await at(instance, visitor).get("/api/me")).toMatchObject({ status: 200 });
      };
    };
    await drill(pair, info, async () => {
      const ends = [await begin(), await begin(), await begin()];
      const [early, middle, late] = ends;
      const signInsWhileMixed = async () => {
        // The balancer takes turns, so the steps of a sign-in meet both processes.
        for (let index = 0; index < 3; index += 1) await (await begin())();
      };
      await instances.roll({ AUTH_SECRET: `${old},${fresh}` }, signInsWhileMixed);
      await early!();
      await instances.roll({ AUTH_SECRET: `${fresh},${old}` }, async () => {
        await signInsWhileMixed();
        await middle!();
      });
      await late!();
    });
  },
);

test(
  "the signing keys are rotated by command under load: every process publishes the new key before it signs, and no request fails",
  proves({ row: [12], asvs: ["11.2.2", "13.3.4"] }),
  async ({ demoPair: pair }, info) => {
    const { instances, rows } = pair;
    await drill(pair, info, async () => {
      const command = await pair.command("lib/domain/issuer/rotate-signing-keys.command.ts");
      const kid = /^Signing key (\S+) is published now/.exec(command.output)?.[1] ?? "";
      expect(command).toMatchObject({ ok: true });
      // Each process reads the keys twice a minute.
      for (const instance of instances.all)
        await expect.poll(() => publishedAt(instance.url), { timeout: 35_000 }).toContain(kid);
      expect(await bearerKeyOf(pair), "published, and not in use yet").not.toBe(kid);
      // Ten minutes pass.
      await rows.sql`update signing_keys set active_at = now() where kid = ${kid}`;
      await instances.roll({});
      const newcomer = await logInLocally(pair, "edsger");
      for (const instance of instances.all)
        expect(await at(instance, newcomer).get("/api/messages/protected")).toMatchObject({ status: 200 });
      expect(await bearerKeyOf(pair)).toBe(kid);
    });
  },
);

/** Renews at each process and reads at the other one, which must be able to open what the first has sealed. */
async function renewAtEach({ instances, rows }: DemoPair, people: readonly Visitor[]): Promise<void> {
  const remote = people[1]!;
  for (const [one, other] of [[0, 1] as const, [1, 0] as const]) {
    await setRemaining(rows, remote, -60);
    for (const index of [one, other])
      expect(await read(at(instances.all[index], remote))).toMatchObject({ status: 200 });
  }
}

async function logInLocally({ url }: DemoPair, username: string): Promise<Visitor> {
  const visitor = new Visitor(url);
  const { location } = await logIn(visitor, demoPerson(username));
  if (location !== "/profile") throw new Error(`${username} was not let in`);
  return visitor;
}

async function publishedAt(origin: string): Promise<readonly string[]> {
  const { text } = await new Visitor(origin).get("/.well-known/jwks.json");
  return (JSON.parse(text) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
}

/** The id of the key that signs a new access token of ours. */
async function bearerKeyOf(pair: DemoPair): Promise<string> {
  const { output } = await pair.command("lib/domain/issuer/print-token.command.ts", "ada");
  const [header = ""] = /eyJ[\w-]+/.exec(output) ?? [];
  return (JSON.parse(Buffer.from(header, "base64url").toString()) as { kid: string }).kid;
}

function decryptionFaults({ instances }: DemoPair): number {
  return instances.log().split("crypt_decrypt_fail").length - 1;
}
