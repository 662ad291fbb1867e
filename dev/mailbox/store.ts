import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import PostalMime, { type Email } from "postal-mime";

/** The addresses that the sender told the server, which may differ from the headers. */
export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

/** One mail as the JSON endpoint and the page show it. */
export interface Mail {
  readonly id: string;
  readonly receivedAt: string;
  readonly envelope: Envelope;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
}

const idForm = /^\d{17}-\d{4}$/;

/** Mails as `.eml` files, newest first, with the envelope beside each. */
export class MailStore {
  readonly #folder: string;
  #serial = 0;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
  }

  add(raw: Buffer, envelope: Envelope): string {
    this.#serial = (this.#serial + 1) % 10_000;
    const now = new Date().toISOString().replace(/\D/g, "");
    const id = `${now}-${String(this.#serial).padStart(4, "0")}`;
    writeFileSync(this.#file(id, "json"), JSON.stringify(envelope));
    // A reader lists the .eml files: the name appears when all of it is there.
    writeFileSync(this.#file(id, "part"), raw);
    renameSync(this.#file(id, "part"), this.#file(id, "eml"));
    return id;
  }

  ids(): string[] {
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith(".eml"))
      .map((name) => name.slice(0, -4))
      .filter((id) => idForm.test(id))
      .sort()
      .reverse();
  }

  /** Undefined when there is no such mail. */
  async read(id: string): Promise<Mail | undefined> {
    const raw = this.raw(id);
    if (!raw) return undefined;
    const email = await PostalMime.parse(raw);
    const envelope = JSON.parse(readFileSync(this.#file(id, "json"), "utf8")) as Envelope;
    return {
      id,
      receivedAt: id.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3}).*/, "$1-$2-$3T$4:$5:$6.$7Z"),
      envelope,
      from: addresses(email.from)[0] ?? envelope.from,
      to: addresses(...(email.to ?? [])),
      subject: email.subject ?? "",
      text: email.text ?? "",
      html: email.html ?? null,
    };
  }

  raw(id: string): Buffer | undefined {
    if (!idForm.test(id)) return undefined;
    try {
      return readFileSync(this.#file(id, "eml"));
    } catch {
      return undefined;
    }
  }

  clear(): void {
    for (const id of this.ids()) {
      rmSync(this.#file(id, "eml"), { force: true });
      rmSync(this.#file(id, "json"), { force: true });
    }
  }

  #file(id: string, kind: "eml" | "json" | "part"): string {
    return join(this.#folder, `${id}.${kind}`);
  }
}

function addresses(...list: readonly Email["from"][]): string[] {
  return list.flatMap((entry) =>
    entry?.address === undefined || entry.address === "" ? [] : [entry.address],
  );
}
