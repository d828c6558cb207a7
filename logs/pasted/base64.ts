/** Text in Base64: records of Kinesis and Firehose, and what CloudWatch Logs sends to a function. */
import { gunzipSync } from "node:zlib";

/** One text, or several as `--output text` prints them. */
const encoded = /^(?:[A-Za-z0-9+/]{4,}={0,2}(?:\s+|$))+$/;
/** Longer than words: only a header is shorter. */
const long = /[A-Za-z0-9+/]{40}/;

/** A record of Kinesis has at most 10 MB, and what CloudWatch Logs sends is less. */
const longest = 16 * 1024 * 1024;

// eslint-disable-next-line no-control-regex -- bytes that are not in text
const notText = /[\u0000-\u0008\u000e-\u001f\ufffd]/;

function decoded(text: string): string | undefined {
  const bytes = Buffer.from(text, "base64");
  try {
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return (isGzip ? gunzipSync(bytes, { maxOutputLength: longest }) : bytes).toString("utf8");
  } catch {
    return undefined;
  }
}

/** The texts that a text of Base64 holds; none if it holds none, or is not of Base64. */
export function textsInBase64(text: string): string[] {
  if (!encoded.test(text) || !long.test(text)) return [];
  return text.split(/\s+/).flatMap((one) => {
    const inner = decoded(one);
    return !inner || notText.test(inner) ? [] : [inner];
  });
}
