/**
 * The package's schema, made of the components' own types and doc comments. Pulumi's analyzer, which
 * would do so at every start, takes 11 s and refuses unions of strings and components as outputs.
 */
import * as path from "node:path";
import * as ts from "typescript";
import { documented } from "./docs";
import { kindOf } from "./kinds";
import { capital } from "./names";
import type { EnumSpec, ObjectSpec, PackageSpec, ResourceSpec } from "../spec";
import { Types } from "./types";

const root = path.join(__dirname, "../..");

/**
 * Parts that TypeScript programs join by methods and by pieces of the path model. Programs in other
 * languages use whole paths, and services at a listener that exists.
 */
const partsOfPaths: ReadonlySet<string> = new Set([
  "ListenerService",
  "PathDistribution",
  "PathLoadBalancer",
  "PathSecurityGroups",
  "PathVpcOrigin",
  "StaticSite",
  "WebService",
]);

/** @throws Error with everything that a schema cannot express */
export function generateSchema(about: Readonly<Record<string, unknown>> & { name: string }) {
  const entry = path.join(root, "components/index.ts");
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path.join(root, "tsconfig.check.json"), (file) => ts.sys.readFile(file))
      .config,
    ts.sys,
    root,
  );
  const program = ts.createProgram([entry], { ...options, types: [] }, hostFor(options));
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${entry} is no module`);
  const classes = checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol =
      exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (!(symbol.flags & ts.SymbolFlags.Class) || partsOfPaths.has(symbol.name)) return [];
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    return kindOf(type, checker).kind === "component" ? [{ symbol, type }] : [];
  });
  const types = new Types(about.name, checker, new Set(classes.map(({ symbol }) => symbol.name)));
  const resources = Object.fromEntries(
    classes.map(({ symbol, type }) => [
      `${about.name}:index:${symbol.name}`,
      componentSpec(symbol, type, types, checker),
    ]),
  );
  if (types.problems.length > 0)
    throw new Error(["Not in a schema:", ...new Set(types.problems)].join("\n"));
  return {
    ...about,
    types: sorted(types.specs),
    resources: sorted(resources),
  } as unknown as PackageSpec;
}

/** Packages of whose types no component has a property. */
const others = /[\\/]node_modules[\\/]@(aws-sdk|smithy|grpc|types)[\\/]/;
const ofAws = /[\\/]@pulumi[\\/]aws[\\/](\w+)[\\/](\w+)\.d\.ts$/;

/**
 * Reads files, but of @pulumi/aws only the resources that our sources name: the rest is nearly all
 * of what would be read. `kindOf` refuses a property that needs more.
 */
function hostFor(options: ts.CompilerOptions): ts.CompilerHost {
  const sources = ts.sys.readDirectory(path.join(root, "components"), [".ts"]);
  const named = new Set(
    sources
      .flatMap((file) => [...(ts.sys.readFile(file) ?? "").matchAll(/\baws\.(\w+)\.(\w+)/g)])
      .flatMap(([, service = "", name = ""]) => [`${service}/index`, `${service}/${name}`])
      .map((one) => one.toLowerCase()),
  );
  const isRead = (file: string): boolean => {
    const [, service, name] = ofAws.exec(file) ?? [];
    return service === undefined
      ? !others.test(file)
      : named.has(`${service}/${name ?? ""}`.toLowerCase());
  };
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, version, ...rest) =>
    isRead(file)
      ? getSourceFile(file, version, ...rest)
      : ts.createSourceFile(file, "export {};", version);
  return host;
}

function componentSpec(
  symbol: ts.Symbol,
  type: ts.Type,
  types: Types,
  checker: ts.TypeChecker,
): ResourceSpec {
  const constructed = checker.getTypeOfSymbol(symbol).getConstructSignatures();
  const args = constructed[0]?.getParameters()[1];
  if (args === undefined) throw new Error(`${symbol.name} takes no arguments`);
  const argsType = checker.getNonNullableType(checker.getTypeOfSymbol(args));
  const inputs = types.properties([argsType], true);
  const outputs = types.properties([type], false);
  return {
    type: "object",
    isComponent: true,
    description: documented(symbol, checker).text,
    inputProperties: inputs.properties,
    requiredInputs: inputs.required,
    properties: outputs.properties,
    required: outputs.required,
  };
}

/** Types or components by name, so that moving a declaration changes nothing. */
function sorted<T extends ObjectSpec | EnumSpec>(specs: Readonly<Record<string, T>>) {
  const byName = Object.entries(specs).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(byName.map(([token, spec]) => [token, forCsharp(token, spec)]));
}

/** C# allows no member with the name of its class: the member has another name there. */
function forCsharp<T extends ObjectSpec | EnumSpec>(token: string, spec: T): T {
  if (!("properties" in spec)) return spec;
  const entries = Object.entries(spec.properties).map(([key, property]) => {
    const name = capital(key);
    const language = { ...property.language, csharp: { name: `${name}Value` } };
    return [key, token.endsWith(`:${name}`) ? { ...property, language } : property] as const;
  });
  return { ...spec, properties: Object.fromEntries(entries) };
}
