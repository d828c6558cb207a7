"use strict";
const js = require("@eslint/js");
const tseslint = require("typescript-eslint");
const pulumi = require("@pulumi/eslint-plugin");
const imports = require("./eslint.imports.js");

module.exports = tseslint.config(
  {
    ignores: [
      "node_modules/",
      "dist/",
      ".hopwise/",
      ".tools/",
      "coverage/",
      "examples/**/node_modules/",
      // Its packages are installed only where the site is built.
      "website/",
    ],
  },
  js.configs.recommended,
  {
    plugins: { hopwise: { rules: { imports: imports.rule } } },
    rules: { "hopwise/imports": "error" },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: "./tsconfig.check.json", tsconfigRootDir: __dirname },
    },
    plugins: { "@pulumi": pulumi },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      // Numbers read well in messages; everything else still has to be made a string on purpose.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // { a, ...rest } leaves a out on purpose.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      // No enum is declared here.
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
      // `new aws.lb.Listener(...)` registers a resource; there is nothing to do with the result.
      "no-new": "off",
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      // chai's assertions are property accesses: expect(x).to.be.true
      "@typescript-eslint/no-unused-expressions": "off",
      // Nothing here asks for an object's class, and to look for it takes a sixth of the lint.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "Program > ExpressionStatement > CallExpression[callee.name=/^(before|after)(Each)?$/]",
          message:
            "A hook outside of a describe runs for every file of the suite: put it into the describe.",
        },
        {
          selector: "MemberExpression[property.name='skip']",
          message:
            "Hooks of what skips itself run all the same: use describeWith or itWith of test/parts.ts.",
        },
      ],
    },
  },
  {
    // Where describeWith and itWith are.
    files: ["test/parts.ts"],
    rules: { "no-restricted-syntax": "off" },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: { globals: { process: "readonly" } },
  },
  {
    files: ["**/*.js"],
    languageOptions: {
      sourceType: "commonjs",
      globals: {
        require: "readonly",
        module: "writable",
        process: "readonly",
        console: "readonly",
        __dirname: "readonly",
        __filename: "readonly",
        setTimeout: "readonly",
      },
    },
  },
  {
    // What a browser runs.
    files: ["nginx/page/*.js"],
    languageOptions: {
      sourceType: "script",
      globals: Object.fromEntries(
        [
          ...["document", "location", "navigator", "performance", "fetch", "URL"],
          ...["PerformanceObserver", "HTMLDetailsElement", "addEventListener", "getSelection"],
        ].map((name) => [name, "readonly"]),
      ),
    },
  },
);
