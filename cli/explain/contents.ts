/** What a file holds, by its first bytes: its name may be wrong. */
import { unpacked, type Chunks } from "./gunzip";

export type Contents = "text" | "gzip" | Utf16 | { readonly unreadable: string };

/** Text of two bytes a character, the lower one first or last. */
type Utf16 = "utf-16le" | "utf-16be";

/** Bytes needed for that. */
export const signatureLength = 6;

const signatures: readonly (readonly [number[], Contents])[] = [
  [[0x1f, 0x8b], "gzip"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
  [
    [0x28, 0xb5, 0x2f, 0xfd],
    { unreadable: "compressed by zstd; pipe it: zstd -dc FILE | hopwise explain -" },
  ],
  [
    [0x42, 0x5a, 0x68],
    { unreadable: "compressed by bzip2; pipe it: bzip2 -dc FILE | hopwise explain -" },
  ],
  [
    [0xfd, 0x37, 0x7a, 0x58, 0x5a],
    { unreadable: "compressed by xz; pipe it: xz -dc FILE | hopwise explain -" },
  ],
  [
    [0x50, 0x4b, 0x03, 0x04],
    {
      unreadable:
        "a zip archive; pipe it: unzip -p FILE | hopwise explain - (of an Excel workbook, save the sheet as CSV)",
    },
  ],
  [
    [0x50, 0x41, 0x52, 0x31],
    {
      unreadable:
        "Apache Parquet, not text; pipe it as CSV: duckdb -csv -c \"FROM read_parquet('FILE')\" | hopwise explain -",
    },
  ],
];

/** UTF-16 without its mark: every other byte of text in Latin letters is zero. */
function unmarkedUtf16(start: Uint8Array): Utf16 | undefined {
  if (start.length < signatureLength) return undefined;
  const zero = (odd: 0 | 1): boolean => start.every((byte, i) => i % 2 !== odd || byte === 0);
  if (zero(0) === zero(1)) return undefined;
  return zero(1) ? "utf-16le" : "utf-16be";
}

/** The contents that a file's first `signatureLength` bytes show; text where none is known. */
export function contentsOf(start: Uint8Array): Contents {
  const known = signatures.find(([bytes]) => bytes.every((byte, i) => start[i] === byte));
  return known?.[1] ?? unmarkedUtf16(start.subarray(0, signatureLength)) ?? "text";
}

/** The text of a stream, whatever it came as. */
export async function* textOf(chunks: Chunks): AsyncGenerator<Buffer> {
  const source = chunks[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  let ended = false;
  while (start.length < signatureLength && !ended) {
    const next = await source.next();
    if (next.done === true) ended = true;
    else start = Buffer.concat([start, next.value]);
  }
  const all = (async function* () {
    if (start.length > 0) yield start;
    if (ended) return;
    for (;;) {
      const next = await source.next();
      if (next.done === true) return;
      yield next.value;
    }
  })();
  const contents = contentsOf(start);
  // Packed twice by Firehose, where CloudWatch Logs has packed it before.
  if (contents === "gzip") yield* textOf(unpacked(all));
  else if (contents === "text") yield* all;
  else if (typeof contents === "string") yield* decoded(all, contents);
  else throw new Error(contents.unreadable);
}

async function* decoded(chunks: Chunks, encoding: Utf16): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}
