import { bootstrap, runTypescript } from "./bootstrap.mjs";

bootstrap();
await runTypescript(new URL("./check.ts", import.meta.url).href);
