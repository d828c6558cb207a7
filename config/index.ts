/** The settings of a stack: their schema, their defaults, and every problem in one error. */
export { loadSettings, parseSettings } from "./load";
export { type Problem, SettingsError, type SettingsContext } from "./problems";
export type { AdoptedNetwork, CreatedNetwork, Settings } from "./settings";
