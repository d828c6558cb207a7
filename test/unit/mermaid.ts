/** Mermaid's own parser, without a browser. */
import { createRequire } from "node:module";
import path from "node:path";

/**
 * The kind of diagram that Mermaid reads a text as. Its sanitizer wants a browser: here nothing is
 * shown.
 *
 * @throws what Mermaid says of a text that is no diagram
 */
export async function mermaidType(text: string): Promise<string> {
  // The copy that Mermaid imports: a package that is required gets another one.
  const required = createRequire(__filename).resolve("dompurify");
  const copy = path.join(path.dirname(required), "purify.es.mjs");
  const { default: purify } = (await import(copy)) as { default: object };
  Object.assign(purify, { addHook: () => undefined, sanitize: (dirty: string) => dirty });
  const { default: mermaid } = await import("mermaid");
  return (await mermaid.parse(text)).diagramType;
}
