/**
 * What `hopwise/path` exports: the core (hops, and what one request gets), and what the rules say of
 * a path.
 */
export * from "../path";
export { type Finding, refuses, type Severity } from "./finding";
export { formatFinding, PathError } from "./pathError";
export { requireSoundPath, resolvePath, type ResolvedPath } from "./resolve";
