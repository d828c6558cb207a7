/** Mermaid's own parser, whose sanitizer wants a browser: here nothing is shown. */
export async function mermaidType(text: string): Promise<string> {
  const { default: purify } = (await import("dompurify")) as { default: object };
  Object.assign(purify, { addHook: () => undefined, sanitize: (dirty: string) => dirty });
  const { default: mermaid } = await import("mermaid");
  return (await mermaid.parse(text)).diagramType;
}
