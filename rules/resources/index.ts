/** Every rule about resources around a path, and about a whole stack. */
import type { Rule } from "../rule";
import { accessLogsOff } from "./access-logs-off";

export const resourceRules: readonly Rule[] = [accessLogsOff];
