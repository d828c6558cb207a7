/** A line of a log for each cause that `hopwise explain` finds. */
import { edgeFields } from "../../../logs/edge/fields";
import { line as connectionLine, reasons } from "../explain/connectionLines";
import { cases as edgeCases, header, line as edgeLine, type Values } from "../explain/edgeLines";
import { albLine, cases as albCases } from "../explain/lines";

/** Fields of CloudFront's log in which a cause shows. */
const shown = ["time", "cs-method", "cs-uri-stem", "sc-status", "x-edge-result-type", "x-edge-detailed-result-type", "time-taken"]; // prettier-ignore

const edgeLines = ([, values]: readonly [string, Values]): string => {
  const fields = edgeFields.filter((field) => shown.includes(field));
  return `${header(fields)}\n${edgeLine(values, fields)}`;
};

/** The first line of a log with that cause; undefined for one that only cut lines have. */
export function logLineOf(code: string): string | undefined {
  const alb = albCases.find(({ cause }) => cause === code);
  if (alb !== undefined) return albLine(alb.fields);
  const edge = edgeCases.find(([cause]) => cause === code);
  if (edge !== undefined) return edgeLines(edge);
  const connection = reasons.find(([, cause]) => cause === code);
  return connection === undefined ? undefined : connectionLine(`Failed:${connection[0]}`);
}
