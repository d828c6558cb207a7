/** Responses in memory, with a size limit; the least recently used are dropped first. */
import type { Header } from "../../http/headers";
import type { EdgeRefusal } from "../decisions";

/** A cached response. */
export interface Entry {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** Milliseconds since 1970. */
  readonly storedAt: number;
  readonly freshUntil: number;
  /** Set for CloudFront's own error: the origin did not answer. */
  readonly refusal?: EdgeRefusal;
}

/** Size limit of all entries together; AWS does not document its own limits. */
const maxBytes = 32 * 1024 * 1024;
/** Approximate size of an entry's headers and key. */
const overhead = 2048;

/** Larger responses are not cached. */
export const maxEntryBytes = maxBytes / 4;

/** Cached responses by key. */
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

  /** Drops the responses of one distribution. */
  forget(distributionId: string): void {
    const start = JSON.stringify([distributionId]).slice(0, -1);
    for (const key of [...this.entries.keys()]) if (key.startsWith(`${start},`)) this.delete(key);
  }
}

function weight(entry: Entry): number {
  return entry.body.length + overhead;
}
