/** The pages at the side, in the groups of https://diataxis.fr; what no group names is a how-to. */
import type { DefaultTheme } from "vitepress";
import { pagesIn, type Page } from "./pages";

type Items = DefaultTheme.SidebarItem[];

/** Pages that are no how-to, by their file's name. */
const groups = {
  tutorial: ["tutorial"],
  reference: [
    "settings",
    "outputs",
    "components",
    "matrix",
    "policy",
    "controls",
    "plan",
    "local",
    "verify",
    "explain",
    "inspector",
    "nginx",
  ],
  explanation: ["http-versions", "http2-to-origins", "http3", "local-aws"],
  project: ["architecture", "contributing-variant", "releases"],
} as const;

/** What the groups are called. */
export interface Names {
  readonly start: string;
  readonly tutorial: string;
  readonly howTo: string;
  readonly reference: string;
  readonly explanation: string;
  readonly findings: string;
  readonly project: string;
}

const item = ({ title, address }: Page) => ({ text: title, link: address });
const nameOf = ({ file }: Page): string => /([^/]+)\.md$/.exec(file)?.[1] ?? "";

const named = (pages: readonly Page[], names: readonly string[]): Items =>
  names.flatMap((name) => pages.filter((page) => nameOf(page) === name).map(item));

/** @param folder `docs`, or `docs/ja` */
export function sidebar(folder: string, home: string, names: Names): Items {
  const pages = pagesIn(folder);
  const others = pages.filter(
    (page) => !Object.values(groups).flat<string[]>().includes(nameOf(page)),
  );
  const group = (text: string, items: Items, more: object = {}): Items =>
    items.length === 0 ? [] : [{ text, items, ...more }];
  return [
    { text: names.start, link: home },
    ...group(names.tutorial, named(pages, groups.tutorial)),
    ...group(names.howTo, others.map(item)),
    ...group(names.reference, named(pages, groups.reference)),
    ...group(names.explanation, named(pages, groups.explanation)),
    // The index lists all codes.
    ...group(names.findings, named(pagesIn(`${folder}/findings`), ["README"])),
    ...group(names.project, [
      ...named(pages, groups.project),
      ...(home === "/"
        ? pagesIn(".").filter((page) => !nameOf(page).startsWith("README"))
        : []
      ).map(item),
    ]),
  ];
}
