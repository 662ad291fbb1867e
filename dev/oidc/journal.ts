import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

interface Entry {
  readonly value: unknown;
  /** Milliseconds since 1970; absent when it never expires. */
  readonly expiresAt?: number;
}

type Line = readonly [key: string, entry: Entry | null];

const compactAtBytes = 16_000_000;

/**
 * A map that survives kill -9: each change is appended to a file before the call returns, and the file is written anew
 * at start and whenever it has grown beyond 16 MB. One process at a time.
 */
export class Journal {
  readonly #entries = new Map<string, Entry>();
  readonly #file: string;
  #descriptor: number;
  #bytes = 0;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#file = join(folder, "journal.ndjson");
    if (existsSync(this.#file)) this.#replay(readFileSync(this.#file, "utf8"));
    this.#descriptor = this.#compact();
  }

  get(key: string): unknown {
    const entry = this.#entries.get(key);
    if (!entry || isOver(entry)) return undefined;
    return structuredClone(entry.value);
  }

  set(key: string, value: unknown, expiresInSeconds?: number): void {
    const expiry = expiresInSeconds === undefined ? {} : { expiresAt: Date.now() + expiresInSeconds * 1000 };
    this.#write([key, { value, ...expiry }]);
  }

  /** Changes the value and keeps its expiry; does nothing when the key is unknown. */
  change(key: string, change: (value: unknown) => unknown): void {
    const entry = this.#entries.get(key);
    if (entry) this.#write([key, { ...entry, value: change(structuredClone(entry.value)) }]);
  }

  delete(key: string): void {
    if (this.#entries.has(key)) this.#write([key, null]);
  }

  /** Living entries whose key starts with the prefix. */
  *entries(prefix: string): Iterable<readonly [string, unknown]> {
    for (const [key, entry] of this.#entries) {
      if (key.startsWith(prefix) && !isOver(entry)) yield [key, structuredClone(entry.value)];
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #write(line: Line): void {
    this.#apply(line);
    this.#bytes += writeSync(this.#descriptor, `${JSON.stringify(line)}\n`);
    if (this.#bytes < compactAtBytes) return;
    closeSync(this.#descriptor);
    this.#descriptor = this.#compact();
  }

  #apply([key, entry]: Line): void {
    if (entry) this.#entries.set(key, entry);
    else this.#entries.delete(key);
  }

  #replay(text: string): void {
    for (const line of text.split("\n")) {
      try {
        this.#apply(JSON.parse(line) as Line);
      } catch {
        // The last line may be torn by a kill; a torn line was never acknowledged.
        continue;
      }
    }
  }

  #compact(): number {
    const lines: string[] = [];
    for (const [key, entry] of this.#entries) {
      if (isOver(entry)) this.#entries.delete(key);
      else lines.push(`${JSON.stringify([key, entry])}\n`);
    }
    const draft = `${this.#file}.new`;
    writeFileSync(draft, lines.join(""), { mode: 0o600 });
    renameSync(draft, this.#file);
    this.#bytes = 0;
    return openSync(this.#file, "a", 0o600);
  }
}

function isOver(entry: Entry): boolean {
  return entry.expiresAt !== undefined && entry.expiresAt <= Date.now();
}
