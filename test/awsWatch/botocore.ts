/** Watched entries of a service's model as botocore has it: `data/<service>/<version>/service-2.json.gz`. */
import { Collected, Entries } from "./entries";
import { listed, textOfHtml } from "./documentation";

interface Documented {
  readonly documentation?: string;
  readonly deprecated?: boolean;
}

interface Reference extends Documented {
  readonly shape: string;
}

interface Shape extends Documented {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, Reference>>;
  /** Of a list. */
  readonly member?: Reference;
  /** Of a map. */
  readonly key?: Reference;
  readonly value?: Reference;
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
}

interface Operation extends Documented {
  readonly name: string;
  readonly input?: Reference;
  readonly errors?: readonly Reference[];
}

export interface Model {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/**
 * What these operations say of themselves, their errors, and every structure that their inputs
 * reach. Also the values that documentation lists: attributes of load balancers are nowhere else.
 *
 * @param wanted names of operations; capitals and CloudFront's dates are ignored
 * @throws Error naming the operations that the model does not have
 */
export function botocoreEntries(service: string, model: Model, wanted: readonly string[]): Entries {
  const entries = new Collected();
  const shapeOf = ({ shape }: Reference): Shape => {
    const found = model.shapes[shape];
    if (found === undefined) throw new Error(`${service} has no shape ${shape}.`);
    return found;
  };

  /** Type of a value; `reach` gets the names of structures. */
  function formOf(reference: Reference, reach: (name: string) => void): string {
    const shape = shapeOf(reference);
    const inner = (of: Reference | undefined): string => (of ? formOf(of, reach) : "?");
    const bounds =
      shape.min === undefined && shape.max === undefined
        ? ""
        : ` ${shape.min ?? ""}..${shape.max ?? ""}`;
    if (shape.type === "structure") {
      reach(reference.shape);
      return reference.shape;
    }
    if (shape.type === "list") return `list${bounds} of ${inner(shape.member)}`;
    if (shape.type === "map") return `map${bounds} of ${inner(shape.key)} to ${inner(shape.value)}`;
    const values = shape.enum ? ` {${shape.enum.join(" ")}}` : "";
    return `${shape.type}${bounds}${values}${shape.pattern ? ` /${shape.pattern}/` : ""}`;
  }

  /** What a member, its type and what it is a list of say. Structures speak for themselves. */
  function wordsOf(reference: Reference): string[] {
    const shape = shapeOf(reference);
    if (shape.type === "structure") return [reference.documentation ?? ""];
    const inner = [shape.member, shape.key, shape.value].flatMap((of) => (of ? wordsOf(of) : []));
    return [reference.documentation ?? "", shape.documentation ?? "", ...inner];
  }

  const add = (name: string, member: string, form: string, html: readonly string[]): void => {
    const text = [...new Set(html.map(textOfHtml))].filter((one) => one !== "").join("\n");
    const { rest, items } = listed(text, (value) => !form.includes(value));
    entries.add(`${service} ${name}`, member, form, rest);
    for (const [value, words] of items)
      entries.add(`${service} ${name}`, `${member} \`${value}\``.trim(), "listed", words);
  };

  const visited = new Set<string>();
  function visit(name: string): void {
    if (visited.has(name)) return;
    visited.add(name);
    const shape = shapeOf({ shape: name });
    add(name, "", deprecated("structure", shape), [shape.documentation ?? ""]);
    for (const [member, reference] of Object.entries(shape.members ?? {})) {
      const form = formOf(reference, visit);
      const required = shape.required?.includes(member) ? "required " : "";
      add(name, member, deprecated(required + form, reference), wordsOf(reference));
    }
  }

  const known = new Map(Object.entries(model.operations).map(([key, one]) => [plain(key), one]));
  const missing = wanted.filter((name) => !known.has(plain(name)));
  if (missing.length > 0)
    throw new Error(
      `${service} has no operation ${missing.join(", ")}. Write the right one into test/awsWatch/watched.ts.`,
    );
  for (const [name, operation] of known)
    if (wanted.some((one) => plain(one) === name)) {
      const own = operation.name.replace(dated, "");
      add(own, "", deprecated("operation", operation), [operation.documentation ?? ""]);
      for (const error of operation.errors ?? [])
        add(own, error.shape, "error", [shapeOf(error).documentation ?? ""]);
      if (operation.input) visit(operation.input.shape);
    }
  return entries;
}

/** CloudFront ends the names of its operations with the version of its API. */
const dated = /\d{4}_\d\d_\d\d$/;

const plain = (operation: string): string => operation.replace(dated, "").toLowerCase();

const deprecated = (form: string, one: Documented): string =>
  one.deprecated ? `${form} deprecated` : form;
