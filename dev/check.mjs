import { bootstrap, runTypescript } from "./bootstrap.mjs";

bootstrap();
await runTypescript(new URL("./testing/check.ts", import.meta.url).href);
