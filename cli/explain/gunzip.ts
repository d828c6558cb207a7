/**
 * gzip of one or many members, which may be damaged: everything before the damage is given out.
 * Node's decompressor drops what it has of the piece in which it fails, so a piece that fails is
 * gone through again in ever smaller ones.
 */
import { createGunzip } from "node:zlib";

/** Chunks of bytes, as streams give them. */
export type Chunks = AsyncIterable<Buffer>;

/** Bytes given to the decompressor at once. */
const piece = 16 * 1024;
/** The same, to find out where the damage is: first roughly, then to the byte. */
const smallPiece = 256;
/** Packed bytes kept for that; of a larger file the last piece before the damage is lost. */
const mostKept = 8 * 1024 * 1024;

/** A decompressor that is asked piece by piece. */
class Unpacker {
  failure: Error | undefined;
  private ready: Buffer[] = [];
  private readonly gunzip = createGunzip();
  private readonly closed: Promise<void>;

  constructor() {
    this.gunzip.on("data", (chunk: Buffer) => this.ready.push(chunk));
    this.gunzip.on("error", (error) => (this.failure = error));
    this.closed = new Promise((resolve) => this.gunzip.on("close", resolve));
  }

  /** What a piece unpacks to; nothing of it where `failure` is set afterwards. */
  async unpack(bytes: Buffer): Promise<Buffer[]> {
    const written = new Promise<void>((resolve) => {
      this.gunzip.write(bytes, () => {
        resolve();
      });
    });
    // A write that fails does not always call back.
    await Promise.race([written, this.closed]);
    return this.ready.splice(0);
  }

  /** The rest; `failure` says whether the file is complete. */
  async end(): Promise<Buffer[]> {
    this.gunzip.end();
    await this.closed;
    return this.ready.splice(0);
  }
}

/** The text of every member, one after the other; throws after the last byte before damage. */
export async function* unpacked(chunks: Chunks): AsyncGenerator<Buffer> {
  const unpacker = new Unpacker();
  let kept: Buffer[] | undefined = [];
  let keptLength = 0;
  let given = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length && unpacker.failure === undefined; at += piece) {
      const packed = chunk.subarray(at, at + piece);
      keptLength += packed.length;
      if (keptLength > mostKept) kept = undefined;
      kept?.push(packed);
      for (const text of await unpacker.unpack(packed)) {
        given += text.length;
        yield text;
      }
    }
    if (unpacker.failure !== undefined) break;
  }
  if (unpacker.failure === undefined) yield* await unpacker.end();
  else if (kept !== undefined) yield* beforeDamage(Buffer.concat(kept), given);
  if (unpacker.failure !== undefined)
    throw new Error(`damaged gzip (${unpacker.failure.message}); what came before it counts`);
}

/** What the packed bytes give before they fail, without the first `given` bytes of it. */
async function* beforeDamage(packed: Buffer, given: number): AsyncGenerator<Buffer> {
  const roughly = await soundLength(packed, Math.max(0, packed.length - piece), smallPiece);
  const sound = await soundLength(packed, roughly, 1);
  let skip = given;
  for await (const text of eachPiece(packed.subarray(0, sound))) {
    const rest = text.subarray(Math.min(skip, text.length));
    skip -= text.length - rest.length;
    if (rest.length > 0) yield rest;
  }
}

async function* eachPiece(packed: Buffer): AsyncGenerator<Buffer> {
  const unpacker = new Unpacker();
  for (let at = 0; at < packed.length; at += piece)
    yield* await unpacker.unpack(packed.subarray(at, at + piece));
}

/** How much of the packed bytes can be unpacked, in steps from a place on before which it can. */
async function soundLength(packed: Buffer, from: number, step: number): Promise<number> {
  const unpacker = new Unpacker();
  await unpacker.unpack(packed.subarray(0, from));
  let sound = from;
  while (sound < packed.length) {
    await unpacker.unpack(packed.subarray(sound, sound + step));
    if (unpacker.failure !== undefined) return sound;
    sound += step;
  }
  return packed.length;
}
