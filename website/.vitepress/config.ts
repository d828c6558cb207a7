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
    root: {
      label: "English",
      lang: "en",
      themeConfig: {
        sidebar: sidebar("docs", "/", {
          start: "Start",
          tutorial: "Tutorial",
          howTo: "How to",
          reference: "Reference",
          explanation: "Explanation",
          findings: "Findings",
          project: "The project",
        }),
      },
    },
    ja: {
      label: "日本語",
      lang: "ja",
      themeConfig: {
        sidebar: sidebar("docs/ja", "/ja/", {
          start: "はじめに",
          tutorial: "チュートリアル",
          howTo: "手順",
          reference: "リファレンス",
          explanation: "解説",
          findings: "検出結果のコード",
          project: "プロジェクト",
        }),
        outline: { level: [2, 3], label: "このページの内容" },
        docFooter: { prev: "前へ", next: "次へ" },
        darkModeSwitchLabel: "配色",
        sidebarMenuLabel: "メニュー",
        returnToTopLabel: "先頭に戻る",
        langMenuLabel: "言語",
        skipToContentLabel: "本文へ移動",
      },
    },
  },
  markdown: {
    // Braces in a document are text.
    attrs: { disable: true },
    // As GitHub makes the anchors of headings, for which links are written.
    anchor: {
      slugify: (text) =>
        text
          .trim()
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\s_-]/gu, "")
          .replace(/\s/g, "-"),
    },
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
    // Most pages are in one language only: the menu leads to the start of the other.
    i18nRouting: false,
    search: {
      provider: "local",
      options: {
        locales: {
          ja: {
            translations: {
              button: { buttonText: "検索", buttonAriaLabel: "検索" },
              modal: {
                noResultsText: "見つかりませんでした:",
                resetButtonTitle: "消去",
                backButtonTitle: "閉じる",
                displayDetails: "詳細を表示",
                footer: { selectText: "開く", navigateText: "移動", closeText: "閉じる" },
              },
            },
          },
        },
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
