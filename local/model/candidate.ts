/** From what the program wrote to what AWS is asked for: defaults, region and physical name. */
import { LocalResource, Props, Refusal } from "./types";
import { arn, hex } from "./ids";
import { textAt } from "./props";
import { Candidate, ResourceModel, AccountView } from "./row";

export interface DraftArgs {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly inputs: Props;
  /** 1 for the first resource of this URN, 2 for its replacement ...: a replacement gets a new id. */
  readonly generation: number;
  /** The resource an update changes. */
  readonly resource?: LocalResource;
  readonly suffix?: () => string;
}

export function createCandidate(
  row: ResourceModel,
  args: DraftArgs,
  account: AccountView,
): { candidate: Candidate; refusals: Refusal[] } {
  const { type, name, urn, inputs, generation, resource } = args;
  const hexFor = (length: number, purpose = ""): string =>
    hex(`${urn}#${generation}${purpose}`, length);
  const suffix = args.suffix?.() ?? hexFor(7, "suffix");
  const naming = physicalName(row, name, inputs, suffix);
  const property = row.autoName?.property;
  const former = property === undefined ? undefined : resource?.outputs[property];
  const given = Object.entries(inputs).filter(([, v]) => v !== undefined && v !== null);
  const full: Props = {
    ...row.defaults?.(inputs),
    ...Object.fromEntries(given),
    ...(property === undefined ? {} : { [property]: inputs[property] ?? former ?? naming.name }),
  };
  const region =
    textAt(full, "region") ?? textAt(resource?.outputs ?? {}, "region") ?? account.region;
  const candidate: Candidate = {
    type,
    name,
    urn,
    region,
    hex: hexFor,
    id: resource?.id,
    inputs: { ...full, region },
  };
  return { candidate, refusals: resource ? [] : naming.refusals };
}

/** What AWS would compute had it accepted inputs that it refuses; placeholders where none can tell. */
export function placeholderOutputs(
  row: ResourceModel,
  candidate: Candidate,
  account: AccountView,
): { id: string } & Props {
  const { type, name, region } = candidate;
  const placeholder = `${name}-${candidate.hex(17)}`;
  try {
    const outputs = row.outputs(candidate, account);
    return outputs.id === "" ? { ...outputs, id: placeholder } : outputs;
  } catch {
    const service = type.split(/[:/]/)[1] ?? "";
    return { id: placeholder, name, arn: arn(service, region, account.accountId, placeholder) };
  }
}

/**
 * The name AWS sees. Where the program gives none, the provider takes the logical name, a hyphen and
 * seven characters, and refuses when that is too long.
 * https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming
 */
export function physicalName(
  row: ResourceModel,
  logical: string,
  inputs: Props,
  suffix: string,
): { name?: string; refusals: Refusal[] } {
  const auto = row.autoName;
  if (!auto) return { refusals: [] };
  const given = inputs[auto.property] ?? undefined;
  if (given !== undefined) return { name: textAt(inputs, auto.property), refusals: [] };
  const prefix = textAt(inputs, `${auto.property}Prefix`);
  const full = prefix === undefined ? `${logical}-${suffix}` : `${prefix}${suffix}`;
  const name = auto.lowerCase === true ? full.toLowerCase() : full;
  if (name.length <= auto.maxLength) return { name, refusals: [] };
  const start = prefix ?? `${logical}-`;
  const message = `name '${start}' plus 7 random chars is longer than maximum length ${auto.maxLength}`;
  const source = "https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming";
  return { name, refusals: [{ code: "NameTooLong", message, property: auto.property, source }] };
}
