/** Runs a Pulumi program in this process against the local account: no CLI, no engine. */
import { realpathSync } from "node:fs";
import { mocksFor, STACK_REFERENCE, type MockEvents } from "./mocks";
import { Account, type AccountOptions } from "../model/account";
import { withoutRefusals, type ResourceVerdict } from "../model/refusal";
import { collectMissing } from "./missingSettings";
import { withSharedSdk } from "./sharedSdk";
import { readProject, type Project } from "./project";
import { programErrorOf, refusalsOf, uncheckedOf } from "./failure";
import { regionOf } from "./region";
import { withoutImageBuilds } from "./imageBuilds";
import { collectingErrors, freshModules, inSequence, inDirectory, withReason } from "./isolation";
import { engineThatLogs, LogMessage, ProgramSdk, sdkOf } from "./sdk";
import type { Environments } from "./stackFile";
import { skippedIn } from "./skippedApply";
import { cheapTraces, positionOf } from "./traces";
import { withUnknownTexts } from "./unknownAnswer";
import { acceptTransforms } from "./transforms";
import { APPLY, LocalResource, UncheckedCheck, Props, ResourceRefusal } from "../model/types";
import { REGION_NOT_SET } from "../../topology/resource";
import { withoutUnknown } from "../../topology/stack/unknown";
import { plain } from "./wireValues";

export interface EvaluateOptions {
  /** Folder with Pulumi.yaml. */
  readonly projectDir: string;
  /** @default the only stack with a file, or else `dev` */
  readonly stack?: string;
  /** @default an empty account in the region of the stack's `aws:region`, else of the environment */
  readonly account?: Account;
  /** Outputs of other stacks that the program refers to, by the name it uses. */
  readonly stackOutputs?: ReadonlyMap<string, Props>;
  /**
   * The result for a program that AWS refuses, after it has run to its end: an error, or an
   * evaluation with the refusals. @default "throw"
   */
  readonly onRefusal?: "throw" | "continue";
  /** What the folder holds, where it has been read already. */
  readonly project?: Project;
  /** Values of the stack's ESC environments, by name. @default none is known */
  readonly environments?: Environments;
  /** Settings that win over those of the files, by key. @default none */
  readonly config?: ReadonlyMap<string, string>;
  /** Values of what was made elsewhere that only AWS knows, in the account that is made. @default "unknown" */
  readonly elsewhere?: AccountOptions["elsewhere"];
  /** True: go on where a required setting is missing, and fail with all that are. @default false */
  readonly collectMissing?: boolean;
  /** How long the program may take. @default 120 */
  readonly seconds?: number;
  /**
   * Imports a program that is an ES module. @default it is translated to CommonJS, which can be
   * loaded more than once in a process and has no top-level await
   */
  readonly importModule?: (file: string) => Promise<unknown>;
  /** What to wait for once the program has ended: until then its errors count. @default nothing */
  settled?(): Promise<void>;
  /** Called for every resource, in the order of creation. */
  onResource?(resource: LocalResource): void;
}

export interface Evaluation {
  /** The stack that was evaluated. */
  readonly stack: string;
  /** Working directory of the program; paths in its resources are relative to it. */
  readonly cwd: string;
  /** What is known of the account in the end, also in a process that the program did not run in. */
  readonly account: Pick<
    Account,
    "region" | "resources" | "assumed" | "unmodelled" | "unanswered" | "causeOfMissing"
  >;
  /** In the order of their creation, refused ones included. */
  readonly resources: readonly LocalResource[];
  /** What AWS refuses, one entry for each reason. */
  readonly refusals: readonly ResourceRefusal[];
  /** What only the correction of a refused resource will show. */
  readonly notChecked: readonly UncheckedCheck[];
  /** The stack's outputs, secrets unwrapped: see `secrets` before showing any. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What the program said through `pulumi.log`. */
  readonly logs: readonly LogMessage[];
  /** ESC environments of the stack whose values are not known. @default none */
  readonly unreadEnvironments?: readonly string[];
  /** The version of the program's SDK that is too old to be run, and of the one that ran it. */
  readonly replacedSdk?: { readonly of: string; readonly by: string };
  /** The file of Pulumi's CLI that was read in place of running the program; `hidden`: not its secrets. */
  readonly recorded?: {
    readonly file: string;
    readonly kind: "state" | "preview";
    readonly hidden: boolean;
  };
  /** Values that the program holds as secrets: nothing that contains one may be shown. */
  readonly secrets: ReadonlySet<string>;
  /** Those of each resource, by its URN. @default not known: any may be any resource's */
  readonly secretsOf?: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Evaluates a stack's program and waits until all its registrations and outputs are there. Programs
 * run one after another, each with its own files loaded afresh.
 *
 * @throws ProjectError when a project file is missing or broken
 * @throws ProgramError when the program fails, and when AWS refuses any of it, unless `onRefusal` is
 * "continue"; it names every resource that AWS refuses
 */
export function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  return inSequence(() => run(options));
}

async function run(options: EvaluateOptions): Promise<Evaluation> {
  const { projectDir, stack, environments, config, elsewhere = "unknown" } = options;
  const found = options.project ?? readProject(projectDir, stack, environments, config);
  const project = { ...found, root: realpathSync(found.root) };
  const folder = project.root;
  const importModule = project.isModule ? options.importModule : undefined;
  const sdk = sdkOf(project.cwd, importModule !== undefined);
  const region = regionOf(project.config, { ...process.env, ...project.variables });
  const account = options.account ?? new Account({ region: region ?? REGION_NOT_SET, elsewhere });
  const logs: LogMessage[] = [];
  const secrets = new Set<string>();
  const secretsOf = new Map<string, Set<string>>();
  const said: ResourceVerdict[] = [];
  let outputs: Record<string, unknown> = {};
  const missing = options.collectMissing === true ? collectMissing(sdk.pulumi) : undefined;

  const alone = <T>(action: () => Promise<T>): Promise<T> =>
    withSharedSdk(sdk.copy, () => withoutImageBuilds(sdk.pulumi, action));
  const thrown = await alone(() =>
    cheapTraces(
      () =>
        collectingErrors(
          ({ givenUp, over }) =>
            inDirectory(project.cwd, () =>
              freshModules([project.cwd, project.root], async (load) => {
                await sdk.withState(() =>
                  withUnknownTexts(async () => {
                    const events: MockEvents = {
                      onResource: options.onResource?.bind(options),
                      onVerdict: (verdict: ResourceVerdict) => said.push(verdict),
                      onSecret: (value: string, urn: string) => {
                        secrets.add(value);
                        secretsOf.set(urn, (secretsOf.get(urn) ?? new Set()).add(value));
                      },
                      stackOutputs: options.stackOutputs,
                      unknownStacks: options.onRefusal === "continue",
                      folder,
                    };
                    const { runtime } = sdk.pulumi;
                    await sdk.setMocks(
                      mocksFor(account, events, sdk.file),
                      project.name,
                      project.stack,
                    );
                    // A resource as an input is its id, as a provider would get it.
                    sdk.state.getStore().supportsResourceReferences = false;
                    acceptTransforms(sdk);
                    sdk.state.getStore().settings.engine = engineThatLogs(logs);
                    runtime.setAllConfig({ ...project.config }, [...project.secretKeys]);
                    const program = () => importModule?.(project.entry) ?? load(project.entry);
                    const ended = stackOutputs(sdk, program);
                    outputs = (await Promise.race([ended, givenUp])) ?? {};
                    over();
                    for (const place of skippedIn(sdk.state.getStore()))
                      account.addUnanswered({ type: APPLY, position: positionOf(place, folder) });
                    await options.settled?.();
                  }),
                );
              }),
            ),
          options.seconds,
        ),
      sdk.file,
    ),
  );
  missing?.stop();
  // Whatever else went wrong may come of the placeholders.
  const errors = missing === undefined || missing.errors.length === 0 ? thrown : missing.errors;
  const verdicts = withoutRefusals(said, account.recheck());
  const evaluation = {
    stack: project.stack,
    cwd: project.cwd,
    account,
    resources: account.resources,
    refusals: refusalsOf(verdicts, secrets),
    notChecked: uncheckedOf(verdicts),
    outputs,
    logs,
    unreadEnvironments: project.unreadEnvironments,
    ...(sdk.replaced !== undefined && { replacedSdk: { of: sdk.replaced, by: sdk.copy.version } }),
    ...{ secrets, secretsOf },
  };
  const stacks = account.unanswered.filter(({ type }) => type === STACK_REFERENCE);
  const explained = errors.map((error) =>
    withReason(
      error,
      stacks.flatMap(({ name }) => name ?? []),
    ),
  );
  const failure = programErrorOf(verdicts, explained, evaluation, project);
  const refusedOnly = failure?.problems.length === 0;
  if (failure && !(refusedOnly && options.onRefusal === "continue")) throw failure;
  return evaluation;
}

/** Runs the program as the stack's, as Pulumi does; all registrations are over when this returns. */
async function stackOutputs(
  sdk: ProgramSdk,
  program: () => unknown,
): Promise<Record<string, unknown>> {
  const { runtime } = sdk.pulumi;
  try {
    let stack: { readonly outputs: unknown } | undefined;
    const root: { getStackResource?(): unknown } = runtime;
    const outputs = await runtime.runInPulumiStack(async () => {
      // Its outputs keep the known values if one is not known.
      stack = root.getStackResource?.() as typeof stack;
      const exported = mainExport(await program());
      // A program may export an async function, whose result then is the outputs.
      return typeof exported === "function" ? await (exported as () => unknown)() : exported;
    });
    const all = stack?.outputs as { promise(withUnknowns: true): Promise<unknown> } | undefined;
    if (outputs !== undefined) return outputs;
    const known = withoutUnknown(plain(await all?.promise(true)));
    return typeof known === "object" && known !== null ? (known as Record<string, unknown>) : {};
  } finally {
    await runtime.disconnect();
  }
}

/** An ES module's default export is the program, as with the engine, unless it exports more. */
function mainExport(exported: unknown): unknown {
  const names = typeof exported === "object" && exported !== null ? Object.keys(exported) : [];
  return names.length === 1 && names[0] === "default"
    ? (exported as { default: unknown }).default
    : exported;
}

export { ProgramError } from "./failure";
