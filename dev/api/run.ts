import { servePart } from "../launch/part-process";
import type { ApiSettings } from "./settings";
import { startApi } from "./start";

servePart<ApiSettings>(startApi);
