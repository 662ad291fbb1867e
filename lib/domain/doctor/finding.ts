import "server-only";

/** One thing that the doctor saw. It holds no secret. */
export interface Finding {
  /** `fault` keeps people from signing in or calling the API; `note` is worth knowing. */
  readonly level: "ok" | "note" | "fault";
  readonly text: string;
  /** What to do about it. */
  readonly advice?: string;
}

export const ok = (text: string): Finding => ({ level: "ok", text });
export const note = (text: string, advice: string): Finding => ({ level: "note", text, advice });
export const fault = (text: string, advice: string): Finding => ({ level: "fault", text, advice });
