import type { ReportViolation } from "@pulumi/policy";

/**
 * Reports a text about a resource without the rule's description in front of it. The SDK accepts an
 * object for that, which its types do not declare.
 */
export function reportOn(report: ReportViolation, urn: string, message: string): void {
  report({ message, urn } as unknown as string);
}
