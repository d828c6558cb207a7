/** What each key means; in a separate file, so that the schema's groups can import it. */
import * as z from "zod";

/** What a key means, for people. */
export interface About {
  readonly means: string;
  /** Why only some variants take it (path/variants.ts says which), where that is worth saying. */
  readonly because?: string;
  /** A value, as a stack file holds it, where the value's shape has no example. */
  readonly example?: unknown;
}

/** The {@link About} of each key. */
export const abouts = z.registry<About>();
