export type { RefusedEvent, RequestEvent, ServeEvent } from "./events";
export { serve } from "./serve";
export { ServeError } from "./serveError";
export type { NotAdmitted, Served, ServeOptions, Upstream } from "./types";
