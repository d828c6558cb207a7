/** What must hold between keys. Each rule reads a few keys and returns what is wrong with them. */
import { addressRules } from "./addresses";
import { alarmRules } from "./alarms";
import { appRules } from "./app";
import { egressRules } from "./egress";
import type { SettingsRule } from "./rule";
import { domainRules } from "./domain";
import { effectRules } from "./effect";
import { grpcRules } from "./grpc";
import { loadBalancerRules } from "./loadBalancer";
import { logRules } from "./logs";
import { networkRules } from "./network";
import { regionRules } from "./region";
import { serviceRules } from "./service";
import { permissionRules } from "./permissions";
import { scalingRules } from "./scaling";
import { sidecarRules } from "./sidecars";
import { siteRules } from "./site";
import { variantRules } from "./variant";
import { wafRules } from "./waf";

/** Every rule, in the order its problems are listed. */
export const settingsRules: readonly SettingsRule[] = [
  ...regionRules,
  ...variantRules,
  ...domainRules,
  ...networkRules,
  ...addressRules,
  ...serviceRules,
  ...scalingRules,
  ...appRules,
  ...sidecarRules,
  ...permissionRules,
  ...grpcRules,
  ...loadBalancerRules,
  ...logRules,
  ...egressRules,
  ...alarmRules,
  ...wafRules,
  ...siteRules,
  ...effectRules,
];
