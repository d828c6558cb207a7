/** Lines of CloudFront's standard logs, of either generation and any selection of fields, and of real-time logs. */
import { edgeCauseOf } from "../causes/edge";
import { inWindow, type Wanted } from "../wanted";
import { pathGroup } from "../paths";
import { countCause, type Example, type Tally } from "../tally";
import { countAt } from "../timeline";
import { edgeLocation, haveForms } from "./forms";
import { everyField, realtimeStart } from "./realtime";
import { edgeEntryOf, type EdgeEntry, type FieldOf } from "./entry";
import { fewestEdgeFields, fieldKey, headerFieldsOf, legacyKeys } from "./fields";

const dated = /^\d{4}-\d\d-\d\d[\t, ]\d\d:\d\d:\d\d[\t, ]/;

/** CloudFront writes tabs, or what a log of version 2 was set to; pasting makes spaces of tabs. */
const separators: readonly (string | RegExp)[] = ["\t", ",", "|", ";", / +/];

/** The values of a line, by the first separator that makes so many of them. */
function valuesOf(line: string, fits: (count: number) => boolean): string[] | undefined {
  for (const separator of separators) {
    const values = line.split(separator);
    if (fits(values.length)) return values;
  }
  return undefined;
}

/** The keys of a JSON line as fields; undefined where it is none of CloudFront's. */
function jsonFields(line: string): FieldOf | undefined {
  try {
    const object = JSON.parse(line) as Record<string, unknown>;
    const values = new Map(Object.entries(object).map(([key, value]) => [fieldKey(key), value]));
    if (!values.has("sc-status")) return undefined;
    return (key) => {
      const value = values.get(key);
      return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
    };
  } catch {
    return undefined;
  }
}

/** The error type; of a timeout also after how long: connecting has other limits than reading. */
function reasonOf({ status, detailedResult, timeTaken }: EdgeEntry): string | undefined {
  if (status !== 504 || !detailedResult || timeTaken === undefined) return detailedResult;
  return `${detailedResult} after ${Math.round(timeTaken)} s`;
}

const entryOf = (keys: readonly string[], values: readonly string[]): EdgeEntry | undefined =>
  edgeEntryOf((key) => values[keys.indexOf(key)]);

/** Counts the lines of CloudFront's logs. */
export class EdgeScanner {
  /** Place of each field, as the last header has it. */
  private places: ReadonlyMap<string, number> | undefined;
  private minute = NaN;
  private pending = 0;

  constructor(
    private readonly tally: Tally,
    private readonly wanted: Wanted,
    private readonly example: () => Example,
  ) {}

  /** True when the line is CloudFront's, a header included; it is counted then. */
  take(line: string): boolean {
    if (line.startsWith("#")) {
      const keys = headerFieldsOf(line);
      if (keys !== undefined) this.places = new Map(keys.map((key, place) => [key, place]));
      else if (!line.startsWith("#Version:")) return false;
      this.tally.lines.blank++;
      return true;
    }
    const entry = this.entry(line);
    if (entry === undefined) return false;
    this.count(entry);
    return true;
  }

  /** Puts what is still pending into the tally. To be called at the end. */
  finish(): void {
    if (this.pending > 0) countAt(this.tally.cloudfront.timeline, this.minute * 60, this.pending);
    this.pending = 0;
  }

  private entry(line: string): EdgeEntry | undefined {
    if (line.startsWith("{")) {
      const field = jsonFields(line);
      return field && edgeEntryOf(field);
    }
    const { places } = this;
    if (places === undefined) return this.unnamed(line);
    // A line of another format in the same stream has another number of fields.
    const values = valuesOf(line, (n) => n === places.size);
    if (values === undefined) return realtimeStart.test(line) ? this.unnamed(line) : undefined;
    return edgeEntryOf((key) => values[places.get(key) ?? -1]);
  }

  /** A line that no header came before: of the given fields, of every field, or of the legacy order. */
  private unnamed(line: string): EdgeEntry | undefined {
    const { fields } = this.wanted;
    const given = fields && valuesOf(line, (n) => n === fields.length);
    if (fields && given && haveForms(fields, given)) return entryOf(fields, given);
    if (realtimeStart.test(line)) {
      const values = line.split(line.includes("\t") ? "\t" : / +/);
      const first = everyField(values);
      return first && entryOf(first, values);
    }
    // Many logs begin with a date and a time.
    if (!dated.test(line)) return undefined;
    const values = valuesOf(line, (n) => n >= fewestEdgeFields) ?? [];
    const valueOf = (key: string): string => values[legacyKeys.indexOf(key)] ?? "";
    if (!edgeLocation.test(valueOf("x-edge-location"))) return undefined;
    return /^[A-Z]+$/.test(valueOf("cs-method")) ? entryOf(legacyKeys, values) : undefined;
  }

  /** Counts a request. */
  count(entry: EdgeEntry): void {
    const { lines, cloudfront } = this.tally;
    const seconds = Math.floor((entry.time ?? NaN) / 1000);
    if (!inWindow(this.wanted, seconds)) {
      lines.outside++;
      return;
    }
    lines.cloudfront++;
    cloudfront.requests++;
    cloudfront.statuses.set(entry.status, (cloudfront.statuses.get(entry.status) ?? 0) + 1);
    this.countMinute(Math.floor(seconds / 60));
    if (
      entry.status >= 100 &&
      entry.status < 400 &&
      !/Error|Hung|Abort/.test(entry.detailedResult ?? "")
    )
      return;
    const cause = edgeCauseOf(entry);
    if (cause === undefined) {
      if (entry.status < 400) return;
      const { passedOn } = cloudfront;
      passedOn.set(entry.status, (passedOn.get(entry.status) ?? 0) + 1);
      return;
    }
    const failed = {
      seconds,
      status: entry.status,
      client: `${entry.version === "" ? "?" : (entry.version ?? "?")}${entry.protocol === "grpcs" ? " gRPC" : ""}, viewer`,
      agent: entry.userAgent,
      loadBalancer: entry.host,
      path: entry.path === undefined ? undefined : pathGroup(entry.path),
      reason: reasonOf(entry),
    };
    countCause(cloudfront, cause.code, failed, this.example);
  }

  private countMinute(minute: number): void {
    if (Number.isNaN(minute)) return;
    if (minute !== this.minute) {
      this.finish();
      this.minute = minute;
    }
    this.pending++;
  }
}
