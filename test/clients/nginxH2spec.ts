/** Cases of h2spec in which nginx departs from the letter of HTTP/2, and why that does no harm. */

const closed =
  "nginx ignores frames of a stream that is over, or that never was, where the RFC asks for an error: they change nothing";
const answers400 =
  "nginx answers 400, which a server may do before it resets the stream (RFC 9113, 8.1.1)";
const lenient = "nginx takes the header for one like any other; nothing behind it is asked";
const unread = "nginx counts a body when it reads it, and this answer does not need it";
const largeFrames =
  "nginx says in its SETTINGS that it takes frames of any size, so that this one is not too large";
const hpack = "nginx's decoder lets this pass; the headers it decodes are the ones that were sent";

/** `section case` -> reason. Sections are those of RFC 7540 and RFC 7541, which h2spec was written for. */
export const departures: Readonly<Record<string, string>> = {
  "http2/3.5 Sends invalid connection preface":
    "on a port without TLS nginx takes other bytes for HTTP/1.1 and answers 400 in it",
  "http2/4.2 Sends a large size DATA frame that exceeds the SETTINGS_MAX_FRAME_SIZE": largeFrames,
  "http2/4.2 Sends a large size HEADERS frame that exceeds the SETTINGS_MAX_FRAME_SIZE":
    largeFrames,
  "http2/5.1 idle: Sends a DATA frame": closed,
  "http2/5.1 idle: Sends a RST_STREAM frame": closed,
  "http2/5.1 idle: Sends a WINDOW_UPDATE frame": closed,
  "http2/5.1 half closed (remote): Sends a DATA frame": closed,
  "http2/5.1 closed: Sends a DATA frame after sending RST_STREAM frame": closed,
  "http2/5.1 closed: Sends a DATA frame": closed,
  'http2/6.1 Sends a DATA frame on the stream that is not in "open" or "half-closed (local)" state':
    closed,
  "http2/6.4 Sends a RST_STREAM frame on a idle stream": closed,
  "http2/6.9.1 Sends multiple WINDOW_UPDATE frames increasing the flow control window to above 2^31-1 on a stream":
    "nginx resets the stream, as it must, with another error code",
  "http2/8.1.2 Sends a HEADERS frame that contains the header field name in uppercase letters":
    answers400,
  "http2/8.1.2.1 Sends a HEADERS frame that contains a unknown pseudo-header field": answers400,
  "http2/8.1.2.1 Sends a HEADERS frame that contains the pseudo-header field defined for response":
    answers400,
  "http2/8.1.2.1 Sends a HEADERS frame that contains a pseudo-header field that appears in a header block after a regular header field":
    lenient,
  "http2/8.1.2.2 Sends a HEADERS frame that contains the connection-specific header field": lenient,
  'http2/8.1.2.2 Sends a HEADERS frame that contains the TE header field with any value other than "trailers"':
    lenient,
  'http2/8.1.2.3 Sends a HEADERS frame with empty ":path" pseudo-header field': answers400,
  'http2/8.1.2.3 Sends a HEADERS frame that omits ":method" pseudo-header field': answers400,
  'http2/8.1.2.3 Sends a HEADERS frame that omits ":scheme" pseudo-header field': answers400,
  'http2/8.1.2.3 Sends a HEADERS frame that omits ":path" pseudo-header field': answers400,
  'http2/8.1.2.3 Sends a HEADERS frame with duplicated ":method" pseudo-header field': answers400,
  'http2/8.1.2.3 Sends a HEADERS frame with duplicated ":scheme" pseudo-header field': answers400,
  'http2/8.1.2.3 Sends a HEADERS frame with duplicated ":path" pseudo-header field': answers400,
  'http2/8.1.2.6 Sends a HEADERS frame with the "content-length" header field which does not equal the DATA frame payload length':
    unread,
  'http2/8.1.2.6 Sends a HEADERS frame with the "content-length" header field which does not equal the sum of the multiple DATA frames payload length':
    unread,
  "hpack/4.2 Sends a dynamic table size update at the end of header block": hpack,
  "hpack/5.2 Sends a Huffman-encoded string literal representation with padding longer than 7 bits":
    hpack,
};
