import { servePart } from "../launch/part-process";
import { startProvider } from "./start";

servePart(startProvider);
