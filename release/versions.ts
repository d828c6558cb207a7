/** The version of the package, and the places that name it. */

const version = String.raw`\d+\.\d+\.\d+`;

/** What is before the version, and after it. */
const places = [
  // package.json, also of the policy pack and of the provider; package-lock.json; the schema.
  [String.raw`"name": "hopwise(?:-\w+)?",(?:\s+"description": "[^"]*",)?\s+"version": "`, '"'],
  [String.raw`"hopwise": "\^`, '"'],
  ["hopwise-", String.raw`\.tgz`],
].map(([before, after]) => new RegExp(`(${before})${version}(${after})`, "g"));

/** A file's text, with another version wherever it names the package's. */
export function withVersion(text: string, to: string): string {
  return places.reduce((changed, place) => changed.replace(place, `$1${to}$2`), text);
}

/** Whether a text names a version, which is not part of an address. */
export function namesVersion(text: string, wanted: string): boolean {
  return new RegExp(`(?<![\\d.])${wanted.replaceAll(".", "\\.")}(?![\\d.]*\\d)`).test(text);
}

/**
 * Whether a file may name the version. The changelog names each, provider/released.json the last
 * release's; the tests have versions of their own.
 */
export function mayNameVersion(file: string): boolean {
  return (
    /\.(json|md|ts|js|yaml|yml)$/.test(file) &&
    !/^(test\/|docs\/(ja\/)?findings\/|CHANGELOG\.md|provider\/released\.json|website\/)/.test(file)
  );
}

export function isVersion(text: string): boolean {
  return new RegExp(`^${version}$`).test(text);
}
