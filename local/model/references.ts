/** What a resource names that does not exist where it looks for it. */
import { Refusal } from "./types";
import { valuesAt } from "./props";
import { Candidate, resourceRegion, regionsDiffer, ResourceModel, AccountView } from "./row";

/** Dangling references, and references into another region. */
export function referenceRefusals(
  row: ResourceModel,
  candidate: Candidate,
  account: AccountView,
): Refusal[] {
  return (row.references ?? []).flatMap((reference) =>
    valuesAt(candidate.inputs, reference.property).flatMap(
      ({ path: property, value }): Refusal[] => {
        // The provider takes an empty text for a property that is not set.
        if (typeof value !== "string" || value === "") return [];
        const { code, source } = reference;
        const found = account.lookup(reference.type, value);
        if (!found) return [{ code, message: reference.message(value), property, source }];
        const region = resourceRegion(found, account);
        if (reference.sameRegion === false || !regionsDiffer(region, candidate.region)) return [];
        const said = reference.message(value).replace(/\.?$/, ".");
        const elsewhere = `It is in ${region}, and this resource in ${candidate.region}.`;
        return [{ code, message: `${said} ${elsewhere}`, property, source }];
      },
    ),
  );
}
