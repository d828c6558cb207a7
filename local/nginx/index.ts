export { startEmbeddedOrigin, type StartEmbeddedOptions } from "./embedded";
export { findNginx, howToGetNginx, minimumNginx, type NginxFound } from "./find";
export { launchNginx, type LaunchNginxOptions } from "./launch";
export type { NginxChoice, RunningOrigin } from "./origin";
export { startNginx, type StartNginxOptions } from "./start";
