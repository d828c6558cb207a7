/** A static site in addition to the service. */
import * as z from "zod";
import { defaults } from "../../path/defaults";
import { abouts } from "../about";
import { booleanValue, patternValue, enumValue, relativePath, withLeadingSlash } from "../values";

/** The drawback that the article names, as path/findings has it: direct-no-static-site. */
const only = {
  because: "without CloudFront no static site can be delivered from S3",
} as const;

/** A path pattern as CloudFront has it. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern */
const pathPattern = /^\/[A-Za-z0-9_\-.*$/~"'@:+?&]{0,254}$/;
const pattern = () =>
  patternValue(pathPattern, {
    values: "path pattern",
    allowed:
      "a path pattern: / and then letters, digits, * and ? as wildcards, and _ - . $ / ~ \" ' @ : + &",
    example: "/api/*",
    near: (value) => withLeadingSlash(value, pathPattern),
  });

export const site = z.strictObject({
  folder: patternValue(relativePath, {
    values: "folder",
    allowed: "a folder with at least one file, from the program's own folder",
    example: "site/dist",
  }).register(abouts, {
    means: "Folder with the site's files, uploaded to a private bucket",
    ...only,
  }),
  byDefault: enumValue(["site", "service"], {
    synonyms: { site: ["static", "s3", "bucket"], service: ["app", "api", "alb", "container"] },
  })
    .default(defaults.site.byDefault)
    .register(abouts, {
      means: "Who answers paths that `site.paths` does not list; `site.paths` go to the other one",
      ...only,
    }),
  paths: z
    .array(pattern())
    .min(1)
    .max(20)
    .register(abouts, {
      means: "Path patterns of the one that does not answer by default, in order",
      ...only,
    }),
  fallback: patternValue(/^(?!\/)[A-Za-z0-9._~/-]{1,255}$/, {
    values: "file",
    allowed: "a file of the site, without a leading /",
    example: "index.html",
  })
    .optional()
    .register(abouts, {
      means: "Page for every path without a dot in its last part, for single-page applications",
      ...only,
    }),
  forceDestroy: booleanValue()
    .optional()
    .register(abouts, {
      means:
        "Delete the bucket with the files in it when the stack is destroyed. Default: the opposite of `deletionProtection`",
      ...only,
    }),
});
