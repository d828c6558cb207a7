/** What keeps a version from being released, all at once. */
import { isNewer } from "../provider/generate/release";
import { hasUnreleased } from "./changelog";
import { isVersion, namesVersion, withVersion } from "./versions";

/** A checkout, as far as a release depends on it. */
export interface Checkout {
  /** In package.json. */
  readonly version: string;
  /** The last release, of provider/released.json. */
  readonly released: string;
  readonly tags: readonly string[];
  /** What `git status --porcelain` prints. */
  readonly status: string;
  readonly changelog: string;
  /** Texts of the files that may name the version, by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly pulumi: string | undefined;
}

/** Problems, each with what to do about it. */
export function problems(wanted: string, checkout: Checkout): string[] {
  const { version, released, tags, status, changelog, files, pulumi } = checkout;
  if (!isVersion(wanted)) return [`"${wanted}" is no version. Give one such as 0.2.0.`];
  const left = Object.entries(files).filter(([, text]) =>
    namesVersion(withVersion(text, "999.0.0"), version),
  );
  return [
    !isNewer(wanted, released) &&
      `${wanted} is not newer than ${released}, the last release. Give a newer version.`,
    tags.includes(`v${wanted}`) && `The tag v${wanted} exists. Give a newer version.`,
    status !== "" && `The tree is not clean. Commit or remove:\n${status.trimEnd()}`,
    !hasUnreleased(changelog) &&
      "CHANGELOG.md has no entry under [Unreleased]. Write what users will notice.",
    left.length > 0 &&
      `These files name the version ${version} in a way that release/versions.ts does not know: ` +
        `${left.map(([file]) => file).join(", ")}. Add it there.`,
    pulumi === undefined &&
      "The pulumi CLI is missing, which records the stacks. Run .ci/get-pulumi.",
  ].filter((problem) => problem !== false);
}
