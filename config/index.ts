/** The settings of a stack: their schema, their defaults, and every problem in one error. */
export { loadSettings } from "./load";
export type {
  AdoptedNetwork,
  CreatedNetwork,
  DomainSettings,
  HostedZone,
  Settings,
} from "./settings";
