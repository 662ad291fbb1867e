import { servePart } from "../launch/part-process";
import { startMailbox } from "./start";

servePart(startMailbox);
