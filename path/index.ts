/**
 * The core: what every hop of a path speaks, what one request gets, and what is wrong with a path.
 * Pure: no Pulumi, no I/O, no clock.
 */
export { answer } from "./answer";
export * from "./cloudfront";
export { certificateCovers, edgeAcceptsCertificate, nameCovers } from "./certificates";
export { defaults, keepAliveMarginSeconds } from "./defaults";
export { formatFinding, PathError } from "./errors";
export * from "./fargate";
export { findingCodes } from "./findings";
export * from "./logs";
export { cidrContains, isPrivateAddress, parseCidr, type Range } from "./networks";
export * from "./protocols";
export { requireSoundPath, resolvePath } from "./resolve";
export * from "./rules";
export { internetAddress, vpcAddress } from "./securityGroups";
export { sources } from "./sources";
export * from "./tlsPolicies";
export * from "./types";
export * from "./variants";
export * from "./waf";
export { type WebAclProblem, webAclProblems } from "./webAclProblems";
export * from "./webAclRules";
