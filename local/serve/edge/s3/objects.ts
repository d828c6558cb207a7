/** The objects of buckets on this machine, read on request. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Header } from "../../http/headers";
import type { Bucket } from "../../../../topology/types";

/** An object that can be read. */
export interface Found {
  readonly size: number;
  /** In double quotes. */
  readonly etag: string;
  readonly modified: Date;
  readonly headers: readonly Header[];
  /** The bytes from `start` to `end`, both included. */
  read(start: number, end: number): Readable;
}

/** Reads objects, with the headers that S3 returns for them. */
export class Objects {
  /** Upload time of objects without a file: the start of this run. */
  private readonly started = new Date();
  /** MD5 by file, time and size: S3's ETag of what is uploaded in one part. */
  private readonly digests = new Map<string, Promise<string>>();

  constructor(
    /** Base folder of the program's relative paths. */
    private readonly projectDir: string,
    /** Folder with a folder for each bucket: objects that no resource declares. */
    private readonly s3Dir: string,
  ) {}

  /** The object of a key, or undefined. */
  async find(bucket: Bucket, key: string): Promise<Found | undefined> {
    const declared = bucket.objects.get(key);
    if (declared?.content !== undefined) {
      const bytes = Buffer.from(declared.content);
      return {
        size: bytes.length,
        etag: `"${createHash("md5").update(bytes).digest("hex")}"`,
        modified: this.started,
        headers: withType(declared.headers),
        read: (start, end) => Readable.from([bytes.subarray(start, end + 1)]),
      };
    }
    if (declared?.file !== undefined) {
      return this.file(path.resolve(this.projectDir, declared.file), withType(declared.headers));
    }
    const folder = path.join(this.s3Dir, bucket.name);
    const file = path.resolve(folder, key);
    // A key is not a path: `..` must not leave the folder.
    if (key === "" || !file.startsWith(folder + path.sep)) return undefined;
    const { lookup } = await import("mime-types");
    return this.file(file, [["Content-Type", lookup(file) || "binary/octet-stream"]]);
  }

  /** All keys, sorted. */
  async keys(bucket: Bucket): Promise<string[]> {
    const folder = path.join(this.s3Dir, bucket.name);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const local = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
      .map((name) => name.split(path.sep).join("/"));
    return [...new Set([...bucket.objects.keys(), ...local])].sort();
  }

  private async file(file: string, headers: readonly Header[]): Promise<Found | undefined> {
    const stats = await stat(file).catch(() => undefined);
    if (!stats?.isFile()) return undefined;
    return {
      size: stats.size,
      etag: `"${await this.digest(file, stats.mtimeMs, stats.size)}"`,
      modified: stats.mtime,
      headers,
      read: (start, end) =>
        end < start ? Readable.from([]) : createReadStream(file, { start, end }),
    };
  }

  private digest(file: string, modified: number, size: number): Promise<string> {
    const key = `${file} ${modified} ${size}`;
    let digest = this.digests.get(key);
    if (!digest) {
      const hash = createHash("md5");
      digest = pipeline(createReadStream(file), hash).then(() => hash.digest("hex"));
      this.digests.set(key, digest);
      digest.catch(() => this.digests.delete(key));
    }
    return digest;
  }
}

/** S3's type of an object that was uploaded without one. */
function withType(headers: readonly Header[]): readonly Header[] {
  return headers.some(([name]) => name === "Content-Type")
    ? headers
    : [["Content-Type", "binary/octet-stream"], ...headers];
}
