import { bootstrap, runTypescript } from "./bootstrap.mjs";

bootstrap();
await runTypescript(new URL("./demo.ts", import.meta.url).href);
