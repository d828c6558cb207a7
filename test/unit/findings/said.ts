/** What hopwise says of a finding's example. */
import { resolvePath } from "../../../rules/resolve";
import { judge } from "../../../rules/judge";
import { unnamed } from "../../../rules/naming";
import { faultList, type Rule } from "../../../rules/rule";
import { knownSpec } from "../../../topology/stack/knownSpec";
import { pathsIn } from "../../../topology/stack/paths";
import { cases } from "../rules/cases";
import { stackOf } from "../rules/support";

/** A finding's texts. */
export interface Said {
  readonly message: string;
  /** What to write in a program. */
  readonly change?: string;
  /** What to write in the settings and arguments of our own components. */
  readonly settings?: string;
}

const known = new Map<string, Said>();

/** What a rule says of the first program, or the first path without resources, that breaks it. */
export function saidOf(rule: Rule): Said {
  const said = known.get(rule.code) ?? readSaid(rule);
  known.set(rule.code, said);
  return said;
}

function readSaid(rule: Rule): Said {
  const { broken = {}, planned = {} } = cases[rule.code] ?? {};
  const [program] = Object.values(broken);
  const settings = settingsOf(rule);
  if (program !== undefined) {
    const [make, on] = program;
    const found = judge(stackOf(make())).findings.find(
      ({ code, urn }) => code === rule.code && urn.endsWith(`::${on}`),
    );
    if (found === undefined) throw new Error(`${rule.code}: its first broken program is not found`);
    const { message, change } = found;
    return { message, change, ...(settings !== undefined && { settings }) };
  }
  const [path] = Object.values(planned);
  const found = path && resolvePath(path[0]).findings.find(({ code }) => code === rule.code);
  if (found === undefined) throw new Error(`${rule.code}: nothing in its cases breaks it`);
  return { message: found.message, settings: found.change };
}

/** The settings that a rule names, of the first of its examples that names any. */
function settingsOf(rule: Rule): string | undefined {
  const { broken = {}, planned = {} } = cases[rule.code] ?? {};
  const ofPlanned = Object.values(planned).flatMap(([spec]) => {
    const check = rule.about === "path" ? rule.check : rule.planned;
    return check === undefined ? [] : faultList(check(spec, unnamed));
  });
  const ofPrograms = Object.values(broken).flatMap(([make]) => {
    const stack = stackOf(make());
    if (rule.about !== "path") return [];
    return pathsIn(stack)
      .paths.filter(({ missing, uncertain }) => missing.size === 0 && uncertain === undefined)
      .flatMap((path) =>
        faultList(rule.check(knownSpec(path, path.missing, rule.assuming), unnamed)),
      );
  });
  return [...ofPrograms, ...ofPlanned].find(({ settings }) => settings !== undefined)?.settings;
}
