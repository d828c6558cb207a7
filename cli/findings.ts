/** The findings of an evaluated program: the one list that plan and local show. */
import { resolve } from "node:path";
import { providerWithoutOriginHttpVersion } from "../components/edge/installedProvider";
import { prefixLists } from "../local/model/cloudfrontPrefixLists";
import { APPLY } from "../local/model/types";
import type { Evaluation } from "../local/program";
import { originHttp2 } from "../path/changes";
import { bySeverity, type Finding } from "../rules/finding";
import { isOurs, judge } from "../rules/judge";
import { edgeHttp2NotDeployable } from "../rules/notDeployable";
import { block, blocks, text } from "../topology/props";
import type { Position } from "../topology/resource";
import { Stack } from "../topology/stack/stack";
import { token } from "../topology/tokens";

/** A resource of the program or a function that it calls, and where that is. */
export interface ResourcePlace {
  /** Absent for a function. */
  readonly urn?: string;
  /** Pulumi type token, or the function's. */
  readonly type: string;
  /** Absent for a function. */
  readonly name?: string;
  readonly position?: Position;
}

/** A finding, and where it is. */
export interface ProgramFinding extends Finding {
  /** Indexes of the paths that it is about; empty: it is about resources. */
  readonly paths: readonly number[];
  /** The resource that has to change. */
  readonly resource?: ResourcePlace;
}

/** What was evaluated, as rules see it. */
export function stackOfEvaluation({
  resources,
  account,
}: Pick<Evaluation, "resources" | "account">): Stack {
  return Stack.of(resources, {
    ...{ region: account.region, prefixLists: prefixLists(account) },
    mayHaveMore: account.unanswered.some(({ type }) => type === APPLY),
  });
}

/**
 * What the rules say of the program's resources, and what its own components know beyond that,
 * and what the provider that it has installed cannot deploy, worst first.
 *
 * @param cwd the program's folder
 * @param own findings that the program has in its outputs, or was refused for
 */
export function programFindings(stack: Stack, cwd: string, own: unknown): ProgramFinding[] {
  const found = judge(stack).findings.map((finding): ProgramFinding => {
    const { code, severity, access, message, change, source, paths } = finding;
    const resource = stack.get(finding.urn);
    return {
      ...{ code, severity, ...(access && { access }), message, change, source, paths },
      ...(resource && { resource: placeOf(resource) }),
    };
  });
  const all = [...found, ...notDeployable(stack, cwd)];
  return [...all, ...declared(own, all)].sort(bySeverity);
}

const originConfigs = ["customOriginConfig", "vpcOriginConfig"] as const;

/** Distributions with what the installed provider cannot set. */
function notDeployable(stack: Stack, cwd: string): ProgramFinding[] {
  return stack.of(token.distribution).flatMap((distribution) =>
    originConfigs.flatMap((config): ProgramFinding[] => {
      const asked = blocks(distribution.known, "origins").some(
        (origin) => text(block(origin, config) ?? {}, originHttp2.property) === "http2",
      );
      const installed = asked
        ? providerWithoutOriginHttpVersion(config, `${resolve(cwd)}/`)
        : undefined;
      if (installed === undefined) return [];
      const ours = isOurs(distribution.urn);
      const finding = edgeHttp2NotDeployable(installed, config, ours);
      return [{ ...finding, paths: [], resource: placeOf(distribution) }];
    }),
  );
}

/** A place without what is not known of it. */
export function placeOf({ urn, type, name, position }: ResourcePlace): ResourcePlace {
  return {
    ...(urn !== undefined && { urn }),
    type,
    ...(name !== undefined && { name }),
    ...(position && { position }),
  };
}

function declared(value: unknown, found: readonly Finding[]): ProgramFinding[] {
  if (!Array.isArray(value)) return [];
  const texts = ["code", "severity", "message", "change", "source"] as const;
  return value
    .filter((item): item is Finding =>
      texts.every((key) => typeof (item as Record<string, unknown> | null)?.[key] === "string"),
    )
    .filter((finding) => !found.some(({ code }) => code === finding.code))
    .map(({ code, severity, access, message, change, source }) => ({
      code,
      severity,
      message,
      change,
      source,
      paths: [0],
      ...(access && { access }),
    }));
}
