export type {
  HealthEvent,
  LogEvent,
  NoteEvent,
  RefusedEvent,
  RequestEvent,
  ServeEvent,
} from "./events";
export { serve } from "./serve";
export { ServeError } from "./serveError";
export type { Served, ServedLoadBalancer, ServedService, ServeOptions } from "./types";
