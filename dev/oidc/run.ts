import { servePart } from "../launch/part-process";
import type { OidcSettings } from "./settings";
import { startProvider } from "./start";

servePart<OidcSettings>(startProvider);
