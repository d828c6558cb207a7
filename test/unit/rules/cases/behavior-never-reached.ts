import { sound, type Case, unknown } from "../caseParts";
import { behaviour } from "../program";

const paths = (...patterns: unknown[]) =>
  sound({
    cdn: {
      orderedCacheBehaviors: patterns.map((pathPattern) => behaviour({ pathPattern })),
    },
  });

export const cases: Case = {
  broken: {
    "a wider one before": [
      paths("/api/*", "/api/v1/*"),
      "cdn",
      /\/api\/v1\/\* .*\/api\/\*, which comes first/,
    ],
    "the same again": [paths("/api/*", "*.js", "/api/*"), "cdn", /the same pattern/],
    "a slash or none": [paths("/img/*", "img/a.png"), "cdn", /img\/a\.png/],
    "all paths before": [paths("*", "/a"), "cdn", /\/a /],
  },
  fine: {
    "the narrower one first": paths("/api/v1/*", "/api/*"),
    "some paths in common": paths("/api/*", "*.js"),
    "one that stands for a character": paths("/a?", "/a*"),
    none: paths(),
  },
  fix: "the narrower one first",
  unknown: { "a pattern": paths("/a/*", unknown) },
};
