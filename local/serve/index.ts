export type {
  HealthEvent,
  LogEvent,
  NoteEvent,
  RefusedEvent,
  RequestEvent,
  ServeEvent,
  TroubleEvent,
} from "./events";
export { serve } from "./serve";
export { ServeError } from "./serveError";
export type {
  Http3Choice,
  NotAdmitted,
  Served,
  ServedLoadBalancer,
  ServedService,
  ServeOptions,
  Upstream,
} from "./types";
