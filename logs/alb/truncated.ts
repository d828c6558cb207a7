/**
 * Lines as people paste them: cut short, without some fields, with the file's name before them as
 * grep prints it. At least the status has to be readable.
 */
import { clientOriginOf } from "../clientOrigin";
import { printable } from "../fields";
import { milliseconds } from "../time";
import { requestTypes, type RequestType } from "./columns";
import { requestParts, parseStatus, type AlbEntry } from "./entry";

const typed = new RegExp(`^(?:\\S+:)?(${requestTypes.join("|")}) (\\S+) (.*)$`, "s");
const request = /"((?:[A-Z-]{1,12}) \S*(?: (?:HTTP\/[\d.]+|-))? ?)(?:"|$)/;
/** Address (or letters that redact it) and port. */
const peer = /^[[\]\w.:]*[\w\]]:\w+$/;

/** Reads an incomplete line; undefined if it has no status. */
export function readTruncated(line: string): AlbEntry | undefined {
  const start = typed.exec(line);
  if (start === null) return undefined;
  const [, type, time = "", rest = ""] = start;
  const quoted = request.exec(rest);
  // Only before the request: a user agent also contains numbers.
  const words = (quoted ? rest.slice(0, quoted.index) : rest).trim().split(/ +/);
  const place = words.findIndex((word, index) => {
    const next = words[index + 1];
    return /^\d{3}$/.test(word) && (next === undefined || parseStatus(next) !== undefined);
  });
  const status = parseStatus(words[place]);
  if (status === undefined || (status !== 0 && (status < 100 || status > 599))) return undefined;
  const before = words.slice(0, place);
  const [client, target] = before.filter((word) => peer.test(word));
  const times = before.slice(-3).map(Number);
  const [requestTime, targetTime, responseTime] =
    before.length >= 5 && times.every((n) => n === -1 || n >= 0) ? times : [];
  const after = quoted ? rest.slice(quoted.index + quoted[0].length) : "";
  const userAgent = /^ "([^"]*)"/.exec(after)?.[1];
  const group = /\barn:aws[\w-]*:elasticloadbalancing:\S*:targetgroup\/\S+/.exec(after)?.[0];
  return {
    type: type as RequestType,
    time: milliseconds(time),
    loadBalancer: before[0] === undefined ? undefined : printable(before[0]),
    client,
    from: clientOriginOf(client, userAgent),
    target,
    requestTime,
    targetTime,
    responseTime,
    status,
    targetStatus: parseStatus(words[place + 1]) ?? -1,
    ...requestParts(quoted?.[1]),
    userAgent: userAgent === undefined ? undefined : printable(userAgent),
    targetGroup: group,
  };
}
