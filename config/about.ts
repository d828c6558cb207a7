/** What each key means; a file of its own so that the schema's groups can stand in theirs. */
import * as z from "zod";
import type { Variant } from "../path/types";

/** What a key means, for people. */
export interface About {
  readonly means: string;
  /** Absent: every variant uses the key. */
  readonly variant?: Variant;
  /** Why no other variant can use it, where that is worth saying. */
  readonly because?: string;
}

/** The {@link About} of each key. */
export const abouts = z.registry<About>();
