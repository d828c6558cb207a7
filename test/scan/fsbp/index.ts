/** The controls that concern the resource types in use. */
import type { LocalResource } from "../../../local/model/types";
import type { ScanVerdict } from "../verdict";
import { accountControls } from "./account";
import { edgeControls } from "./edge";
import { loadBalancerControls } from "./loadBalancer";
import { networkControls } from "./network";
import { taskControls } from "./tasks";

export const controls = [
  ...loadBalancerControls,
  ...edgeControls,
  ...taskControls,
  ...networkControls,
  ...accountControls,
];

export const foundationalSecurity = (resources: readonly LocalResource[]): ScanVerdict[] =>
  controls.flatMap(({ judge }) => judge(resources));
