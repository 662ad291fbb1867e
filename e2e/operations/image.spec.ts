import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { findFreePort } from "../../dev/launch/ports";
import { repositoryRoot } from "../../dev/launch/paths";
import { createDatabase } from "../../dev/postgres/connection";
import { signUpLocally } from "../attacks/support/forms";
import { expect, proves, stranger, test } from "../attacks/support/test";
import { Visitor } from "../attacks/support/visitor";
import { assembleImage } from "./support/image";

const dockerfile = readFileSync(join(repositoryRoot, "Dockerfile"), "utf8");

test(
  "the image's context leaves out settings, keys and data wherever they lie",
  proves("13.3.1", "13.4.1"),
  () => {
    const lines = readFileSync(join(repositoryRoot, ".dockerignore"), "utf8").split("\n");
    const allowed = lines.filter((line) => line.startsWith("!"));
    expect(lines.find((line) => !line.startsWith("#"))).toBe("*");
    for (const kept of ["**/.env*", "**/*.pem", "**/*.key", "**/.dev*", "**/.git"])
      expect(lines.indexOf(kept), kept).toBeGreaterThan(lines.indexOf(allowed.at(-1)!));
    const last = dockerfile.slice(dockerfile.lastIndexOf("\nFROM "));
    expect(last).toContain("USER 1000:1000");
    expect(last).toContain("STOPSIGNAL SIGTERM");
    expect(dockerfile).not.toMatch(/^(ARG|ENV) .*(SECRET|KEY|PASSWORD|DATABASE_URL)/m);
  },
);

test(
  "what the image holds runs as nobody in particular on a tree that it cannot write to",
  proves("13.3.1", "13.4.2"),
  async ({ world }) => {
    test.setTimeout(120_000);
    const image = await assembleImage();
    const database = await createDatabase(world.urls.database, `image_${randomBytes(6).toString("hex")}`);
    try {
      const ours = image.files.filter((file) => !file.includes("node_modules/"));
      expect(image.files.filter((file) => /(^|\/)\.env/.test(file))).toEqual([]);
      expect(ours.filter((file) => /^(\.dev|\.git|bench|dev|docs|e2e|test-results)/.test(file))).toEqual([]);
      expect(ours.filter((file) => /\.tsx?$/.test(file))).toEqual([]);

      const port = await findFreePort();
      const url = `http://localhost:${String(port)}`;
      const env = {
        ...world.env,
        ...{ AUTH_URL: url, DATABASE_URL: database.url },
        ...{ PORT: String(port), HOSTNAME: "localhost", SHUTDOWN_DELAY_SECONDS: "0" },
      };
      for (const time of ["first", "second"])
        expect(await image.run(["node", "commands/migrate.mjs"], env), time).toEqual({
          code: 0,
          output: "The database is up to date.\n",
        });

      const early = await image.run(["node", "commands/doctor.mjs"], env);
      expect(early.output).toContain("node commands/maintain.mjs clean-up");
      expect(early.output).not.toContain("npm run");

      const server = await image.serve(env);
      try {
        const visitor = new Visitor(url);
        expect((await visitor.get("/api/health/ready")).text).toBe('{"status":"ready"}');
        const health = /HEALTHCHECK[^\[]*(\[.*\])/s.exec(dockerfile)![1]!.split("\n")[0]!;
        expect((await image.run(JSON.parse(health) as string[], env)).code).toBe(0);
        if (process.getuid?.() === 0)
          expect(readFileSync(`/proc/${String(server.pid)}/status`, "utf8")).toContain("Uid:\t1000\t1000");

        // The worker thread with its native hash, and the native picture library, are there.
        await signUpLocally(visitor, stranger());
        const form = new FormData();
        const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
          .png()
          .toBuffer();
        form.append("picture", new Blob([new Uint8Array(picture)], { type: "image/png" }), "red.png");
        const saved = await visitor.send("/settings/profile/picture", {
          method: "POST",
          headers: { origin: url },
          body: form,
        });
        expect(saved.location).toContain("notice=picture-saved");
        const { text } = await visitor.get("/profile");
        const asset = /\/_next\/static\/[^"]+\.css/.exec(text)![0];
        expect((await visitor.get(asset)).status).toBe(200);

        const refused = await image.run(["node", "commands/admin-grant.mjs", "nobody@example.org"], env);
        expect(refused.code).toBe(1);
        expect(refused.output).toContain("Usage: node commands/admin-grant.mjs");
        for (const command of ["audit-verify", "maintain", "keys-rotate", "accounts-purge", "tokens-rotate"])
          expect((await image.run(["node", `commands/${command}.mjs`], env)).code, command).toBe(0);
        expect((await image.run(["node", "commands/doctor.mjs"], env)).output).toContain(
          "every migration is there",
        );
      } finally {
        expect(await server.stop("SIGTERM")).toBe(0);
      }
      expect(server.log()).not.toMatch(/EACCES|EROFS|ENOENT/);
    } finally {
      await database.drop();
      image.remove();
    }
  },
);
