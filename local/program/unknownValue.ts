/** Errors of plain code that got a value which is not known, such as `new URL` of it. */
import { UNKNOWN_TEXT, type Props, type Subject } from "../model/types";

/** An error's text with its cause, where a value that is not known is in it; otherwise as it is. */
export function explainUnknown(text: string, error: unknown, asked: readonly Subject[]): string {
  if (!namesUnknown(error)) return text;
  const shown = text.replaceAll(UNKNOWN_TEXT, "(not known)");
  const end = /[.!?]$/.test(shown) ? "" : ".";
  const functions = [...new Set(asked.flatMap(({ type }) => outputFormOf(type) ?? []))];
  const from = functions.length === 1 ? ` (${functions.join("")})` : "";
  return (
    `${shown}${end} The program computes it from a value that is not known before the deployment. ` +
    `Take the value as an output${from} and compute in apply, which waits until it is known.`
  );
}

/** Also in what an error has besides its message, as that of a URL has its input. */
function namesUnknown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return [error.message, ...Object.values<unknown>(error as unknown as Props)].some(
    (value) => typeof value === "string" && value.includes(UNKNOWN_TEXT),
  );
}

/** `aws.ssm.getParameterOutput` of the token `aws:ssm/getParameter:getParameter`. */
function outputFormOf(token: string): string | undefined {
  const [, pkg, module, name] = /^(\w+):(\w+)(?:\/\w+)?:(get\w+)$/.exec(token) ?? [];
  if (pkg === undefined || module === undefined || name === undefined) return undefined;
  return `${pkg}.${module === "index" ? "" : `${module}.`}${name}Output`;
}
