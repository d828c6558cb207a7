import * as pulumi from "@pulumi/pulumi";
import { formatFinding } from "../../rules/pathError";
import type { Finding } from "../../rules/finding";

/** Prints a path's findings at every preview and update. */
export function reportFindings(findings: readonly Finding[], component: pulumi.Resource): void {
  for (const finding of findings) {
    const print = finding.severity === "warning" ? pulumi.log.warn : pulumi.log.info;
    void print(formatFinding(finding), component);
  }
}
