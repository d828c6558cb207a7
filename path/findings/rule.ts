/** The shape of a finding's rule: a code, and a pure function that draws it or does not. */
import type { Finding, PathSpec, Severity } from "../types";

/** What a rule says when it applies; the code comes from the rule. */
export interface Drawn {
  readonly severity: Severity;
  readonly message: string;
  readonly change: string;
  readonly source: string;
}

/** One rule. `draw` returns nothing where the path is in order, and several where several apply. */
export interface Rule {
  readonly code: string;
  readonly draw: (spec: PathSpec) => readonly Drawn[];
}

/** A rule that draws at most one finding. */
export function rule(code: string, draw: (spec: PathSpec) => Drawn | undefined): Rule {
  return {
    code,
    draw: (spec) => {
      const drawn = draw(spec);
      return drawn === undefined ? [] : [drawn];
    },
  };
}

/** The rule's findings of a spec. */
export function apply({ code, draw }: Rule, spec: PathSpec): Finding[] {
  return draw(spec).map((drawn) => ({ code, ...drawn }));
}
