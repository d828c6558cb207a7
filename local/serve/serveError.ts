/** The resources cannot be served, or the machine prevents it. */
export class ServeError extends Error {
  override readonly name = "ServeError";
}
