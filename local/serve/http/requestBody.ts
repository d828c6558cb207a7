/** A request's body that can be sent a second time as long as little of it has been read. */
import type { Readable, Writable } from "node:stream";

/** Bytes that are kept for a second time: a gRPC message of the usual size, or a form. */
const maxKept = 64 * 1024;

/** Remembers what has been read of a body until there is a response, or too much of it. */
export class RequestBody {
  private kept?: Buffer[] = [];
  private bytes = 0;
  private target?: Writable;
  private readonly keep = (chunk: Buffer): void => {
    this.bytes += chunk.length;
    if (this.bytes > maxKept) this.release();
    else this.kept?.push(chunk);
  };

  constructor(private readonly source: Readable) {
    source.on("data", this.keep);
    // Until a target is there.
    source.pause();
  }

  /** True if a new target would get all of it. */
  get repeatable(): boolean {
    const { readableEnded, destroyed } = this.source;
    return this.kept !== undefined && (readableEnded || !destroyed);
  }

  /** Sends the body from its beginning to a target, and no longer to the one before. */
  sendTo(target: Writable): void {
    if (this.target) this.source.unpipe(this.target);
    this.target = target;
    for (const chunk of this.kept ?? []) target.write(chunk);
    this.source.pipe(target);
  }

  /** It is not needed a second time. */
  release(): void {
    this.kept = undefined;
    this.source.off("data", this.keep);
  }
}
