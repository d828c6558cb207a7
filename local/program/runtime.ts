/** What Pulumi.yaml says of the process that runs the program. */
import * as path from "node:path";
import { ProjectError } from "./projectFile";
import { isBag } from "../../topology/props";

/** Programs for Bun are tried with Node.js: most of them use nothing that only Bun has. */
const runnable = ["nodejs", "bun"];

/** Writes what a program in any language makes. */
export const previewCommand = "pulumi preview --json --show-sames > preview.json";

/** How the program's process is started. */
export interface Runtime {
  /** The arguments of Node.js (`nodeargs`) but those that translate TypeScript. */
  readonly nodeArguments: readonly string[];
  /** The project's own choice of a tsconfig.json. */
  readonly tsconfig?: string;
}

/**
 * What `runtime` of Pulumi.yaml says.
 *
 * @param file Pulumi.yaml
 * @throws ProjectError for programs in other languages: they need a different language host
 */
export function runtimeOf(runtime: unknown, file: string): Runtime {
  const name = isBag(runtime) ? runtime.name : runtime;
  if (name !== undefined && !(typeof name === "string" && runnable.includes(name)))
    throw new ProjectError(
      `${file} says runtime ${JSON.stringify(name)}; only programs for nodejs or bun (TypeScript, JavaScript) can be run here. ` +
        "For programs in other languages hopwise reads what Pulumi writes of them: " +
        `${previewCommand}, then --from preview.json.`,
    );
  const options = isBag(runtime) && isBag(runtime.options) ? runtime.options : {};
  const { nodeargs, tsconfig } = options;
  return {
    nodeArguments: typeof nodeargs === "string" ? usable(words(nodeargs)) : [],
    ...(typeof tsconfig === "string" && {
      tsconfig: path.resolve(path.dirname(file), tsconfig),
    }),
  };
}

/** Words of a command line, quotes taken off. */
function words(line: string): string[] {
  const found = line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return found.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}

const takesModule = /^(-r|--require|--import|--loader|--experimental-loader)$/;
/** What makes TypeScript loadable: that is done here for every program, with one loader. */
const translator = /^(tsx|ts-node|esbuild-register|@swc-node\/register|tsconfig-paths|jiti)(\/|$)/;

/** Without what translates TypeScript, and without debuggers, which would wait for a person. */
function usable(args: readonly string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    const [option = "", joined] = arg.split(/=(.*)/s);
    if (option.startsWith("--inspect")) continue;
    if (!takesModule.test(option)) {
      kept.push(arg);
      continue;
    }
    const module = joined ?? args[++i] ?? "";
    if (!translator.test(module)) kept.push(option, module);
  }
  return kept;
}
