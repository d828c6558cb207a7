/** What AWS would refuse of a resource to create or update. */
import type { createCandidate } from "./candidate";
import { changeRefusals, checkInputs, diffInputs } from "./inputs";
import { judgeable } from "./placeholders";
import { referenceRefusals } from "./references";
import type { RefusalOutcome, RefusalTaint } from "./refusalTaint";
import type { AccountView, Candidate, ResourceModel } from "./row";
import type { LocalResource, Props, Refusal } from "./types";
import { certainRefusals } from "./unknownReads";

/** The result of checking a resource to create. */
interface Judgement {
  /** Refusals of the inputs alone, and of the resources that they name. */
  readonly fromInputs: readonly Refusal[];
  /** What AWS certainly refuses, and what was not checked. */
  readonly outcome: RefusalOutcome;
  /** Repeats the checks against the account once the resource has an id. */
  readonly check: (id: string) => readonly Refusal[];
}

/** Checks a resource against its inputs and the account. */
export function judgeCreation(
  row: ResourceModel,
  inputs: Props,
  draft: ReturnType<typeof createCandidate>,
  account: AccountView,
  taint: RefusalTaint,
): Judgement {
  const { candidate } = draft;
  const judged = { ...candidate, inputs: judgeable(candidate.inputs) };
  const fromInputs = [
    ...checkInputs(candidate.type, judgeable(inputs)),
    ...draft.refusals,
    ...referenceRefusals(row, judged, account),
  ];
  const check = (asked: Candidate, view: AccountView): Refusal[] => row.refuse?.(asked, view) ?? [];
  const inAccount = (view: AccountView) => certainRefusals(judged, view, check);
  const checked = inAccount(account);
  const outcome = taint.separate(
    {
      inputs: judged.inputs,
      fromInputs,
      fromAccount: checked.refusals,
      inWorld: (view) => inAccount(view).refusals,
    },
    account,
  );
  return {
    fromInputs,
    outcome: { ...outcome, notChecked: [...outcome.notChecked, ...checked.notChecked] },
    check: (id) => check({ ...judged, id }, account),
  };
}

/** What AWS refuses of a change in place. */
export function updateRefusals(
  row: ResourceModel,
  resource: LocalResource,
  inputs: Props,
  candidate: Candidate,
  account: AccountView,
): Refusal[] {
  const { type } = candidate;
  const { replaces } = diffInputs(type, resource.inputs, inputs);
  return [
    ...checkInputs(type, inputs),
    ...changeRefusals(type, resource.inputs, inputs),
    ...replaces.map((property) => ({
      code: "ValidationError",
      message: `'${property}' can only be set on creation; a change needs a new resource.`,
      property,
    })),
    ...referenceRefusals(row, candidate, account),
    ...(row.refuse?.(candidate, account) ?? []),
    ...(row.refuseUpdate?.(resource, account) ?? []),
  ];
}
