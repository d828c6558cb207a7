export { startEmbeddedOrigin } from "./embedded";
export { findNginx, howToGetNginx, minimumNginx, type NginxFound } from "./find";
export { launchNginx } from "./launch";
export type { NginxChoice, RunningOrigin } from "./origin";
export { startNginx } from "./start";
