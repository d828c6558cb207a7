/** The resources cannot be served, or the machine does not let them be. */
export class ServeError extends Error {
  override readonly name = "ServeError";
}
