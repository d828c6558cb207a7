export type {
  HealthEvent,
  LogEvent,
  NoteEvent,
  RefusedEvent,
  RequestEvent,
  ServeEvent,
} from "./events";
export { serve, ServeError } from "./serve";
export type { Served, ServedLoadBalancer, ServedService, ServeOptions } from "./types";
