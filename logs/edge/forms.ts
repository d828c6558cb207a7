/** What the values of CloudFront's fields look like, to recognise fields that a log does not name. */

const number = /^\d+(?:\.\d+)?$/;
/** To the thousandth, as no status is. */
const seconds = /^\d+\.\d+$/;
const address = /^[\d.]+$|:/;
const name = /[A-Za-z].*\./;

/** A location, of an airport's code and a number, e.g. `MSP50-C1`. */
export const edgeLocation = /^[A-Z]{3}\d+(?:-[A-Z]\d+)?$/;

/** Neither a country nor an encoding. */
const result = /^[A-Z][a-z]+[A-Za-z]*$/;

/** In every record. */
const always: Readonly<Record<string, RegExp>> = {
  timestamp: /^\d{10}(?:\.\d+)?$/,
  "sc-status": /^\d{3}$/,
  "x-edge-location": edgeLocation,
  "x-edge-result-type": result,
  "x-edge-response-result-type": result,
};

/** `-` where there is none. */
const optional: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d\d-\d\d$/,
  time: /^\d\d:\d\d:\d\d$/,
  "timestamp-ms": /^\d{13}$/,
  "c-ip": address,
  "s-ip": address,
  "c-port": number,
  "c-ip-version": /^IPv[46]$/,
  "c-country": /^[A-Z]{2}$/,
  "time-to-first-byte": seconds,
  "time-taken": seconds,
  "origin-fbl": seconds,
  "origin-lbl": seconds,
  "sc-bytes": number,
  "cs-bytes": number,
  "sc-content-len": number,
  "cs-headers-count": number,
  asn: number,
  "cs-method": /^[A-Z]+$/,
  "cs-protocol": /^(?:https?|wss?|grpcs?)$/,
  "cs-protocol-version": /^HTTP\/\d/,
  "cs-uri-stem": /^[/*]/,
  "x-host-header": name,
  "primary-distribution-id": /^E[A-Z0-9]+$/,
  "primary-distribution-dns-name": name,
  "ssl-protocol": /^(?:TLS|SSL)v/,
  "x-edge-detailed-result-type": result,
};

/** True if each value looks like one of its field; there may be more values than fields. */
export const haveForms = (fields: readonly string[], values: readonly string[]): boolean =>
  fields.every((field, i) => {
    const value = values[i] ?? "";
    const form = always[field];
    if (form !== undefined) return form.test(value);
    return value === "-" || (optional[field]?.test(value) ?? true);
  });
