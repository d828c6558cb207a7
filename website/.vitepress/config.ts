/** The documents as a static site: README, docs/ and its findings, as they are in the repository. */
import { join } from "node:path";
import { defineConfig } from "vitepress";
import { copyLinked, siteLinks } from "./links";
import { rewritten, root } from "./pages";
import { sidebar } from "./sidebar";

export default defineConfig({
  title: "hopwise",
  description: "Which protocol every hop between a viewer and your container speaks",
  srcDir: root,
  // Of the repository's folders only these have pages.
  srcExclude: ["!(docs|examples)/*", "!(docs|examples)/*/**"],
  rewrites: rewritten,
  outDir: "dist",
  cacheDir: "cache",
  cleanUrls: false,
  // Copied in the end.
  ignoreDeadLinks: [/^\/files\//],
  metaChunk: true,
  locales: {
    root: { label: "English", lang: "en" },
  },
  markdown: {
    // Braces in a document are text.
    attrs: { disable: true },
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    config: (markdown) => {
      siteLinks(markdown);
      // The documents are Markdown: a `<name>` in them is text, and only comments are HTML.
      const html = (text: string): string =>
        text.replace(/<!--[^]*?-->\s*/g, "").replaceAll("<", "&lt;");
      const rules = markdown.renderer.rules;
      rules.html_block = rules.html_inline = (tokens, index) => html(tokens[index]?.content ?? "");
      const fence = rules.fence;
      rules.fence = (tokens, index, ...rest) => {
        const token = tokens[index];
        if (token?.info.trim() !== "mermaid") return fence?.(tokens, index, ...rest) ?? "";
        return `<Diagram code="${encodeURIComponent(token.content)}" />`;
      };
    },
  },
  themeConfig: {
    outline: { level: [2, 3] },
    search: {
      provider: "local",
      options: {
        miniSearch: {
          options: {
            // Words of any language: Japanese has no spaces between them.
            tokenize: (text) =>
              [...new Intl.Segmenter("ja", { granularity: "word" }).segment(text)]
                .filter(({ isWordLike }) => isWordLike)
                .map(({ segment }) => segment),
          },
        },
      },
    },
    sidebar: sidebar("docs", "/", {
      start: "Start",
      tutorial: "Tutorial",
      howTo: "How to",
      reference: "Reference",
      explanation: "Explanation",
      findings: "Findings",
      logs: "Causes in logs",
      project: "The project",
    }),
  },
  vite: {
    plugins: [
      {
        // Pages are not below the folder of the packages.
        name: "packages-of-the-website",
        enforce: "pre",
        resolveId(id, importer, options) {
          if (!/^vue(\/|$)/.test(id) || importer?.includes("node_modules")) return null;
          const from = join(root, "website/.vitepress/config.ts");
          return this.resolve(id, from, { ...options, skipSelf: true });
        },
      },
    ],
    build: { chunkSizeWarningLimit: 3000 },
  },
  buildEnd: ({ outDir }) => {
    copyLinked(outDir);
  },
});
