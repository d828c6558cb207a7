/** The distribution's own pages for errors, from the arguments. */
import { errorPageCodes } from "../../path/cloudfront";
import { defaults } from "../../path/defaults";
import { pathPatternCovers } from "../../path/pathPatterns";
import { printable } from "../../path/printable";
import { readSite } from "../site/siteFiles";
import type { PathPlanArgs } from "../variants/planArgs";
import type { ErrorPagesArgs } from "./frontArgs";

/** Prefix of the pages in a bucket of their own. */
export const errorPagePrefix = "_errors/";

/** Path patterns of the behaviour that leads to that bucket. */
export const errorPagePattern = `/${errorPagePrefix}*`;

/** One page. */
export interface ErrorPage {
  readonly status: number;
  readonly path: string;
  readonly cacheSeconds: number;
}

/** The pages of the arguments, by status. */
export function errorPagesOf(args: ErrorPagesArgs | undefined): ErrorPage[] {
  if (args === undefined) return [];
  const { pages, folder, cacheSeconds = defaults.errorPageCacheSeconds } = args;
  return Object.entries(pages).map(([status, file]) => ({
    status: Number(status),
    path: `/${folder === undefined ? "" : errorPagePrefix}${file}`,
    cacheSeconds,
  }));
}

/** What is wrong with them, including files that are not there. */
export function errorPageProblems({ viewers, site }: PathPlanArgs): string[] {
  const args = viewers?.errorPages;
  if (args === undefined) return [];
  const folder = args.folder ?? site?.folder;
  const pages = errorPagesOf(args);
  const odd = Object.keys(args.pages).filter(
    (status) => !errorPageCodes.some((code) => String(code) === status),
  );
  return [
    ...odd.map(
      (status) =>
        `viewers.errorPages.pages: CloudFront has no page for "${status}", only for ${errorPageCodes.join(", ")}.`,
    ),
    ...(folder === undefined
      ? [
          "viewers.errorPages needs a folder with the pages (viewers.errorPages.folder), or a site: a page " +
            "that a service delivers is missing when the service fails.",
        ]
      : missing(args, folder)),
    ...(args.folder === undefined && site !== undefined
      ? pages
          .filter(({ path }) => !ofSite(path, site))
          .map(
            ({ path }) =>
              `viewers.errorPages.pages: ${path} is a path of the service, not of the site (site.paths). ` +
              "Use another file, or a folder of their own (viewers.errorPages.folder).",
          )
      : []),
  ];
}

function missing({ pages }: ErrorPagesArgs, folder: string): string[] {
  try {
    const keys = readSite(folder).files.map(({ key }) => key);
    return Object.values(pages)
      .filter((file) => !keys.includes(file))
      .map(
        (file) =>
          `viewers.errorPages.pages: there is no file ${printable(file)} in ${printable(folder)}.`,
      );
  } catch {
    return [`viewers.errorPages.folder: there is no folder ${printable(folder)} with files in it.`];
  }
}

/** True where the site answers a path. */
function ofSite(path: string, site: NonNullable<PathPlanArgs["site"]>): boolean {
  const listed = site.paths.some((pattern) => pathPatternCovers(pattern, path));
  return listed === ((site.byDefault ?? defaults.site.byDefault) === "service");
}
