/** Every rule that a path alone can break, in the order of a path. */
import type { Rule } from "../rule";
import { edgeHttp1ToHttp2Target } from "./edge-http1-to-http2-target";
import { noSecretHeader } from "./no-secret-header";

export const pathRules: readonly Rule[] = [edgeHttp1ToHttp2Target, noSecretHeader];
