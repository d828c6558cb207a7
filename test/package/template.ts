/** What `pulumi new aws-typescript` and `aws-bun` write, and what the first wrote until March 2026. */

/** package.json, with the name of a program. */
export const manifest = {
  name: "shop",
  main: "index.ts",
  devDependencies: { "@types/node": "^18", typescript: "^5.0.0" },
  dependencies: { "@pulumi/aws": "^7.0.0", "@pulumi/awsx": "^3.0.0", "@pulumi/pulumi": "^3.113.0" },
};

const common = {
  strict: true,
  outDir: "bin",
  target: "es2020",
  sourceMap: true,
  experimentalDecorators: true,
  pretty: true,
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  forceConsistentCasingInFileNames: true,
};

/** `compilerOptions` of tsconfig.json. */
export const options = {
  typescript: { ...common, module: "nodenext", moduleResolution: "nodenext" },
  typescriptBefore: { ...common, module: "commonjs", moduleResolution: "node" },
  bun: {
    lib: ["ESNext"],
    target: "ESNext",
    module: "Preserve",
    moduleDetection: "force",
    moduleResolution: "bundler",
    allowImportingTsExtensions: true,
    verbatimModuleSyntax: true,
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    noUncheckedIndexedAccess: true,
    noImplicitOverride: true,
  },
} as const;
