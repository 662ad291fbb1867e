import { servePart } from "../launch/part-process";
import { startMailbox, type MailboxSettings } from "./start";

servePart<MailboxSettings>(startMailbox);
