import { bootstrap, runTypescript } from "./bootstrap.mjs";

bootstrap();
await runTypescript(new URL("./testing/all.ts", import.meta.url).href);
