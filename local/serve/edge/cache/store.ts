/** Answers in memory, within a bound; what was not asked for longest goes first. */
import type { Header } from "../../http/headers";
import type { EdgeRefusal } from "../decisions";

/** An answer that is kept. */
export interface Entry {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** Milliseconds since 1970. */
  readonly storedAt: number;
  readonly freshUntil: number;
  /** Set for an error of CloudFront's own: the origin gave no answer. */
  readonly refusal?: EdgeRefusal;
}

/** What all entries may take together; AWS's caches have other bounds, which nobody promises. */
const maxBytes = 32 * 1024 * 1024;
/** What the headers and the key of an entry take, roughly. */
const overhead = 2048;

/** Larger answers pass by without being kept. */
export const maxEntryBytes = maxBytes / 4;

/** Cached answers by key. */
export class Store {
  private readonly entries = new Map<string, Entry>();
  private bytes = 0;

  get(key: string): Entry | undefined {
    const entry = this.entries.get(key);
    if (entry) {
      // A map keeps the order of insertion: this one is the youngest again.
      this.entries.delete(key);
      this.entries.set(key, entry);
    }
    return entry;
  }

  set(key: string, entry: Entry): void {
    this.delete(key);
    this.entries.set(key, entry);
    this.bytes += weight(entry);
    for (const oldest of this.entries.keys()) {
      if (this.bytes <= maxBytes) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    this.bytes -= weight(entry);
    this.entries.delete(key);
  }

  /** Forgets the answers of one distribution. */
  forget(distributionId: string): void {
    const start = JSON.stringify([distributionId]).slice(0, -1);
    for (const key of [...this.entries.keys()]) if (key.startsWith(`${start},`)) this.delete(key);
  }
}

function weight(entry: Entry): number {
  return entry.body.length + overhead;
}
