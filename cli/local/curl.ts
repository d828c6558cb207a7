import { clientFiles } from "../../local/serve/certificates";
import type { Probe } from "./probes";

/** A word of a POSIX shell's command line. */
function quote(word: string): string {
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** An empty gRPC message: not compressed, length 0. */
const emptyMessage = String.raw`printf '\0\0\0\0\0' |`;

/** The status comes with the headers or after the body, which is not for terminals. */
const grpcOptions = [
  ...["curl", "-s", "-D -", "-o /dev/null", "--data-binary @-"],
  ...["-H content-type:application/grpc", "-H te:trailers"],
];

/** The words of a curl command that makes a probe's request. */
export function curlWords(probe: Probe, caFile: string): string[] {
  const { target: place, protocol, from } = probe;
  const client = clientFiles(caFile);
  const address = place.address.includes(":") ? `[${place.address}]` : place.address;
  return [
    ...(probe.grpc ? [emptyMessage, ...grpcOptions] : ["curl", "-i"]),
    ...(place.tls ? [protocol === "HTTP/2" ? "--http2" : "--http1.1"] : []),
    ...(place.tls ? [`--cacert ${quote(caFile)}`] : []),
    ...(probe.clientCertificate
      ? [`--cert ${quote(client.cert)}`, `--key ${quote(client.key)}`]
      : []),
    ...(from === undefined ? [] : [`--interface ${quote(from)}`]),
    // Whatever name and port the URL says, the connection goes here: no DNS, no /etc/hosts, and
    // the Host header and the TLS name are those that a caller on the internet sends.
    `--connect-to ${quote(`::${address}:${place.port}`)}`,
    quote(`${place.tls ? "https" : "http"}://${place.name}${place.path ?? "/"}`),
  ];
}

/**
 * A curl command of at most `width` columns: on one line, or continued with backslashes, which a
 * shell takes as one line when pasted.
 */
export function curlLines(probe: Probe, caFile: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of curlWords(probe, caFile)) {
    if (line !== "" && line.length + 1 + word.length > width - 2) {
      lines.push(`${line} \\`);
      line = `  ${word}`;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
