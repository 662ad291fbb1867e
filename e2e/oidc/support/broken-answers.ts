import type { OutcomeCode } from "../../../lib/shared/outcomes";
import type { Answer } from "../../peers/answer";

/** What is wrong with an answer. */
type Fault =
  /** Nothing came, or that there is nothing now. */
  | "absent"
  /** Not to be taken, whatever it says: too much, or from elsewhere. */
  | "unacceptable"
  /** Came, and cannot be understood. */
  | "unreadable";

/** Answers that any endpoint may give one day, by what a reader of a test's title understands. */
export const brokenAnswers: Readonly<Record<string, readonly [Answer, Fault]>> = {
  "500": ["server_error", "absent"],
  "503 and HTML": [
    { status: 503, headers: { "content-type": "text/html" }, body: "<h1>Back soon</h1>" },
    "absent",
  ],
  "a closed connection": ["close", "absent"],
  "half of what it promised": ["truncated", "absent"],
  "more headers than anybody reads": ["many_headers", "absent"],
  HTML: ["html", "unreadable"],
  "half of its JSON": ["garbage", "unreadable"],
  "an empty body": ["empty", "unreadable"],
  "204": [{ status: 204, body: "" }, "unreadable"],
  "205": [{ status: 205, body: "" }, "unreadable"],
  "404": [{ status: 404, body: {} }, "unreadable"],
  "a list": [{ body: [] }, "unreadable"],
  null: [{ body: "null" }, "unreadable"],
  "a number": [{ body: "7" }, "unreadable"],
  "brackets without end": [{ body: "[".repeat(500_000) }, "unreadable"],
  "bytes that are no UTF-8": [{ body: Buffer.from('{"issuer":"\xff\xfe"', "latin1") }, "unreadable"],
  "64 MB": ["huge", "unacceptable"],
  "64 MB in 64 kB of gzip": ["bomb", "unacceptable"],
  "a redirect to another site": [
    { status: 302, headers: { location: "http://127.0.0.1:9/x" }, body: "" },
    "unacceptable",
  ],
  "a redirect to a file": [
    { status: 302, headers: { location: "file:///etc/passwd" }, body: "" },
    "unacceptable",
  ],
  "a redirect to nowhere": [{ status: 302, headers: { location: "http://[" }, body: "" }, "unacceptable"],
};

/** Answers that never come to an end. */
export const lateAnswers = ["hang", "stall", "drip"] as const;

/** The outcome of a fault; `unreadable` says how an endpoint names what it cannot understand. */
export function outcomeOf(fault: Fault, unreadable: OutcomeCode = "provider_answer_invalid"): OutcomeCode {
  if (fault === "absent") return "provider_unavailable";
  return fault === "unreadable" ? unreadable : "provider_answer_invalid";
}
