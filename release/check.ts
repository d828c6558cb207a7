/** Whether a version can be written and released. */
import { isNewer } from "../provider/generate/release";
import { hasUnreleased } from "./changelog";
import { isVersion, namesVersion, withVersion } from "./versions";

/** What names the version in a checkout. */
export interface Naming {
  /** In package.json. */
  readonly version: string;
  /** In provider/released.json: the last release. */
  readonly released: string;
  /** Texts of the files that may name the version, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** A checkout, as far as a release depends on it. */
export interface Checkout extends Naming {
  readonly tags: readonly string[];
  /** What `git status --porcelain` prints. */
  readonly status: string;
  readonly changelog: string;
  readonly pulumi: string | undefined;
}

/** What keeps a version from being written; each problem says what to do about it. */
export function versionProblems(wanted: string, { version, released, files }: Naming): string[] {
  if (!isVersion(wanted))
    return [`"${wanted}" is no version. Give three numbers: MAJOR.MINOR.PATCH.`];
  const left = Object.entries(files).filter(([, text]) =>
    namesVersion(withVersion(text, "999.0.0"), version),
  );
  return [
    !isNewer(wanted, released) &&
      `${wanted} is not newer than ${released}, the last release. Give a newer version.`,
    left.length > 0 &&
      `These files name the version ${version} in a way that release/versions.ts does not know: ` +
        `${left.map(([file]) => file).join(", ")}. Add it there.`,
  ].filter((problem) => problem !== false);
}

/** What keeps a version from being released, all at once. */
export function problems(wanted: string, checkout: Checkout): string[] {
  const { tags, status, changelog, pulumi } = checkout;
  return [
    ...versionProblems(wanted, checkout),
    tags.includes(`v${wanted}`) && `The tag v${wanted} exists. Give a newer version.`,
    status !== "" && `The tree is not clean. Commit or remove:\n${status.trimEnd()}`,
    !hasUnreleased(changelog) &&
      "CHANGELOG.md has no entry under [Unreleased]. Write what users will notice.",
    pulumi === undefined &&
      "The pulumi CLI is missing, which records the stacks. Run .ci/get-pulumi.",
  ].filter((problem) => problem !== false);
}
