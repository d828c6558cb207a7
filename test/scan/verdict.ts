import type { LocalResource } from "../../local/model/types";

/** What a check says of a resource. */
export interface ScanVerdict {
  readonly source: "Checkov" | "cfn-lint" | "FSBP";
  /** The check's id, e.g. `CKV_AWS_91`, `E3012`, `ELB.5`. */
  readonly check: string;
  readonly title: string;
  readonly resource: LocalResource;
  readonly passed: boolean;
  /** What is wrong, where the check says more than its title. */
  readonly detail?: string;
}
