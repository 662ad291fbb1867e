import { connect, type Socket } from "node:net";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { rawRequest, Visitor } from "../attacks/support/visitor";
import { hiddenFields } from "../attacks/support/forms";
import { demoPerson } from "../fixtures/people";
import { judge, missing, type Fault } from "./support/fault";
import { underLoad } from "./support/load";
import { locals } from "./support/setting";

export const slowClients: Fault = {
  name: "slow-clients",
  expects: "500 clients that send a byte a second hold nobody up, and are hung up on within 20 s",
  async run(setting) {
    let open = 0;
    const load = await underLoad(setting, async ({ broken, mended }) => {
      broken();
      const sockets = Array.from({ length: 500 }, () => slowSocket(setting.world.ports.app));
      const drip = setInterval(() => {
        for (const socket of sockets) if (socket.writable) socket.write("x");
      }, 1_000);
      await sleep(20_000);
      clearInterval(drip);
      open = sockets.filter(({ closed }) => !closed).length;
      for (const socket of sockets) socket.destroy();
      mended();
    });
    return { load, unmet: [...judge(load), ...missing({ [`${String(open)} of them hold on`]: open === 0 })] };
  },
};

function slowSocket(port: number): Socket {
  const socket = connect({ host: "127.0.0.1", port });
  socket.on("error", () => undefined).on("data", () => undefined);
  socket.write("GET /profile HTTP/1.1\r\nhost: localhost\r\nx-slow: ");
  return socket;
}

export const manySignIns: Fault = {
  name: "1000-sign-ins",
  expects: "each gets a session or is asked to try again; pages of others are served meanwhile",
  async run(setting) {
    const kinds = new Map<string, number>();
    const taken: Visitor[] = [];
    const load = await underLoad(setting, async ({ broken, mended }) => {
      const { text } = await new Visitor(setting.url).get("/login");
      const hidden = hiddenFields(text, 'name="identifier"');
      const signIn = async (which: number) => {
        const { username, password } = demoPerson(locals[which % locals.length]!);
        const visitor = new Visitor(setting.url);
        const fields = { ...hidden, identifier: username, password };
        const answer = await visitor.postMultipart("/login", fields);
        if (answer.location !== "/profile")
          return /in a (moment|minute)|later|again/i.test(answer.text)
            ? `asked to wait (${String(answer.status)})`
            : `answered ${String(answer.status)}`;
        taken.push(visitor);
        return "signed in";
      };
      broken();
      await Promise.all(
        Array.from({ length: 1_000 }, async (_, which) => {
          const kind = await signIn(which).catch((error: unknown) => `cut off: ${String(error)}`);
          kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        }),
      );
      mended();
    });
    const alive = await Promise.all(
      taken.slice(0, 100).map(async (visitor) => (await visitor.get("/api/me")).status),
    );
    const good = (kind: string) => kind === "signed in" || kind.startsWith("asked to wait");
    return {
      load,
      seen: [...kinds].map(([kind, times]) => `${String(times)} ${kind}`).join(", "),
      unmet: [
        ...judge(load, { failures: [/^sign-in (200|429|503)$/], backWithin: 5 }),
        ...missing({
          "each was answered in words": [...kinds.keys()].every(good),
          "somebody was let in": taken.length > 0,
          "the first hundred of the sessions are good": alive.every((status) => status === 200),
        }),
      ],
    };
  },
};

export const largeCookies: Fault = {
  name: "large-cookies",
  expects: "beyond 16 KB: 400 or 431, from nginx as from an instance; the next request is served",
  async run(setting) {
    const statuses: Record<string, number> = {};
    const load = await underLoad(setting, async ({ broken, mended }) => {
      broken();
      for (let times = 0; times < 50; times += 1)
        for (const [who, url] of Object.entries({
          nginx: setting.url,
          instance: setting.front.instances[0].url,
        }))
          statuses[who] = (
            await rawRequest(url, "/profile", { cookie: `junk=${"x".repeat(20_000)}` })
          ).status;
      const held = setting.members[0]!.cookieHeader();
      const beside = `${held}; junk=${"x".repeat(6_000)}`;
      statuses["6 KB beside a session"] = (
        await rawRequest(setting.url, "/profile", { cookie: beside })
      ).status;
      mended();
    });
    return {
      load,
      seen: JSON.stringify(statuses),
      unmet: [
        ...judge(load),
        ...missing({
          "nginx refuses": [400, 431].includes(statuses["nginx"]!),
          "an instance refuses": statuses["instance"] === 431,
          "6 KB beside a session do no harm": statuses["6 KB beside a session"] === 200,
        }),
      ],
    };
  },
};

const tenMegabytes = 10 * 1024 * 1024;
const doors = [
  "/login",
  "/api/authenticate",
  "/settings/profile/picture",
  "/api/auth/backchannel-logout/oidc",
];

export const largeBodies: Fault = {
  name: "large-bodies",
  expects: "10 MB to every kind of door: nginx refuses, an instance refuses or ignores, and its memory stays",
  async run(setting) {
    const seen = new Set<string>();
    const [instance] = setting.front.instances;
    let grown = 0;
    const load = await underLoad(setting, async ({ broken, mended }) => {
      const before = residentMegabytes(instance.app().part.pid!);
      broken();
      for (let times = 0; times < 5; times += 1)
        for (const path of doors)
          for (const [who, url] of Object.entries({ nginx: setting.url, instance: instance.url }))
            seen.add(`${who} ${path} ${await send(url, path, setting.url)}`);
      grown = residentMegabytes(instance.app().part.pid!) - before;
      mended();
    });
    const wrong = [...seen].filter(
      (answer) => !(answer.startsWith("nginx") ? / (413|cut off)$/ : / ([234]\d\d|cut off)$/).test(answer),
    );
    return {
      load,
      seen: `${[...seen].sort().join(", ")}; ${grown.toFixed(0)} MB more`,
      unmet: [
        ...judge(load),
        ...missing({
          [`refused: ${wrong.join(", ")}`]: wrong.length === 0,
          "less than 100 MB more": grown < 100,
        }),
      ],
    };
  },
};

/** A server that refuses early may end the connection while the body is still sent. */
async function send(url: string, path: string, origin: string): Promise<string> {
  const headers = {
    origin,
    "content-type": path.startsWith("/api/authenticate")
      ? "application/json"
      : "application/x-www-form-urlencoded",
  };
  try {
    const answer = await fetch(url + path, {
      method: "POST",
      headers,
      body: "x".repeat(tenMegabytes),
      redirect: "manual",
    });
    await answer.arrayBuffer();
    return String(answer.status);
  } catch {
    return "cut off";
  }
}

function residentMegabytes(pid: number): number {
  const [, kilobytes = "NaN"] =
    /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}
