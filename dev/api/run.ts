import { servePart } from "../launch/part-process";
import { startApi } from "./start";

servePart(startApi);
