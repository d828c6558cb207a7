export type {
  HealthEvent,
  LogEvent,
  NoteEvent,
  RefusedEvent,
  RequestEvent,
  ServeEvent,
} from "./events";
export {
  serve,
  ServeError,
  type Served,
  type ServedLoadBalancer,
  type ServedService,
  type ServeOptions,
} from "./serve";
