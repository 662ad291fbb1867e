import { bootstrap, runTypescript } from "./bootstrap.mjs";

bootstrap();
await runTypescript(new URL("./test.ts", import.meta.url).href);
