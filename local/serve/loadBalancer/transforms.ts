/**
 * A rule's rewrites of the Host and the URL. Pure.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-transforms.html
 */
import type { Rewrite, Transforms } from "../../../topology/types";
import { expressionOf } from "../../../topology/patterns";

/** `request_transform_status` in access logs; other failures cannot happen here. */
export type TransformStatus =
  | "TransformSuccess"
  | "TransformInvalidHost"
  | "TransformInvalidPath"
  | "TransformRegexSyntaxError";

/** The result of a rule's transforms. */
export interface Transformed {
  readonly host: string;
  /** Path with the query string. */
  readonly path: string;
  readonly status: TransformStatus;
}

/** Applies transforms. Any result except `TransformSuccess` is answered with 500. */
export function transform(transforms: Transforms, host: string, path: string): Transformed {
  try {
    const to = { host: rewrite(host, transforms.host), path: rewrite(path, transforms.url) };
    if (!/^[A-Za-z0-9._-]+(:\d+)?$/.test(to.host)) return { ...to, status: "TransformInvalidHost" };
    if (!/^\/[\x21-\x7e]*$/.test(to.path)) return { ...to, status: "TransformInvalidPath" };
    return { ...to, status: "TransformSuccess" };
  } catch {
    return { host, path, status: "TransformRegexSyntaxError" };
  }
}

/** "If there is no pattern match, the original request is sent to the target." */
function rewrite(text: string, rule: Rewrite | undefined): string {
  return rule ? text.replace(expressionOf(rule.regex), rule.replace) : text;
}
