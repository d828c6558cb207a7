/**
 * The core: what every hop of a path speaks, and what one request gets.
 * Pure: no Pulumi, no I/O, no clock.
 */
export { answer } from "./answer";
export * from "./cloudfront";
export { certificateCovers, edgeAcceptsCertificate, nameCovers } from "./certificates";
export * from "./changes";
export { defaults, keepAliveMarginSeconds } from "./defaults";
export * from "./edgeToOrigin";
export * from "./fargate";
export { hopsOf } from "./hops";
export * from "./logs";
export { cidrContains, isPrivateAddress, parseCidr, type AddressRange } from "./networks";
export * from "./protocols";
export * from "./rules";
export { internetAddress, vpcAddress } from "./securityGroups";
export { sources } from "./sources";
export * from "./tlsPolicies";
export * from "./types";
export type * from "./variantChoices";
export type {
  DirectChoices as H2DirectChoices,
  ViaCloudfrontChoices as H1ViaCloudfrontChoices,
} from "./variantChoices";
export * from "./variants";
export type { VariantTraits } from "./variantSpecs";
export * from "./waf";
export { type WebAclProblem, webAclProblems } from "./webAclProblems";
export * from "./webAclRules";
