/** The documents as a site: every link, search, and pages in a browser. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { expect } from "chai";
import { source as axe } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { causes } from "../../logs/causes";
import { rules } from "../../rules";
import { launch } from "../browser/chromium";
import { picture, sayWhere } from "../browser/pictures";
import { describeWith } from "../parts";
import { temporaryFolder } from "../packed";
import { findWebsite, found } from "../tools";
import { root } from "../unit/document";

/** The browser knows it as this machine. */
const host = "docs.test";
const phone = { width: 360, height: 740 };
const desktop = { width: 1280, height: 800 };

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

/** Serves a folder on loopback. */
function serve(folder: string): Promise<http.Server> {
  const server = http.createServer((request, response) => {
    const asked = decodeURIComponent((request.url ?? "/").split("?")[0] ?? "/");
    const file = path.join(folder, asked.endsWith("/") ? `${asked}index.html` : asked);
    if (!file.startsWith(folder) || !fs.existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const type = types[path.extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type }).end(fs.readFileSync(file));
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve(server);
    });
  });
}

describeWith(["website", "chromium"], "the documents as a site", () => {
  let site: string;
  let server: http.Server;
  let browser: Browser;
  let address: string;
  const pages = new Map<string, string>();

  before(async () => {
    site = temporaryFolder();
    const args = [found(findWebsite()), "build", "--outDir", site];
    const options = { cwd: path.join(root, "website"), encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
    expect(status, stdout + stderr).to.equal(0);
    for (const file of fs.readdirSync(site, { recursive: true, encoding: "utf8" }))
      if (file.endsWith(".html"))
        pages.set(
          `/${file.replaceAll(path.sep, "/")}`,
          fs.readFileSync(path.join(site, file), "utf8"),
        );
    server = await serve(site);
    address = `http://${host}:${(server.address() as AddressInfo).port}`;
    browser = await launch({ names: [host], keys: [] });
  });
  after(async () => {
    await browser.close();
    server.close();
    server.closeAllConnections();
    fs.rmSync(site, { recursive: true, force: true });
  });
  after(sayWhere);

  const open = async (
    file: string,
    options: Parameters<Browser["newContext"]>[0] = {},
  ): Promise<Page> => {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(address + file, { waitUntil: "networkidle" });
    return page;
  };

  it("has a page for each document, and for each finding in both languages", () => {
    const documents = fs
      .readdirSync(path.join(root, "docs"))
      .filter((name) => name.endsWith(".md"));
    const findings = [...rules, ...causes].map(({ code }) => code);
    const wanted = [
      ...["/index.html", "/ja/index.html", "/CONTRIBUTING.html", "/findings/index.html"],
      ...documents.map((name) => `/${name.replace(/\.md$/, ".html")}`),
      ...["464", "502-504", "explain", "tutorial"].map((name) => `/ja/${name}.html`),
      ...findings.flatMap((code) => [`/findings/${code}.html`, `/ja/findings/${code}.html`]),
    ];
    expect([...pages.keys()]).to.include.members(wanted);
  });

  it("has no link that leads nowhere", () => {
    const broken: string[] = [];
    for (const [file, html] of pages)
      for (const [, href = ""] of html.matchAll(/<a [^>]*href="([^"]*)"/g)) {
        if (/^(?:https:|mailto:)/.test(href)) continue;
        const url = new URL(href.replaceAll("&amp;", "&"), `http://site${file}`);
        const target = url.pathname.endsWith("/") ? `${url.pathname}index.html` : url.pathname;
        const there =
          url.host === "site" && fs.existsSync(path.join(site, decodeURIComponent(target)));
        const anchor = decodeURIComponent(url.hash.slice(1));
        const lacks = anchor !== "" && pages.get(target)?.includes(`id="${anchor}"`) !== true;
        if (!there || (lacks && anchor !== "VPContent")) broken.push(`${file}: ${href}`);
      }
    expect(broken).to.deep.equal([]);
  });

  for (const [name, file] of Object.entries({
    start: "/index.html",
    tutorial: "/tutorial.html",
    finding: "/findings/edge-http1-to-http2-target.html",
    japanese: "/ja/464.html",
    settings: "/settings.html",
  }))
    for (const [device, viewport] of Object.entries({ phone, desktop }))
      for (const colorScheme of ["light", "dark"] as const)
        it(`${name} has no flaw that axe finds on a ${device}, ${colorScheme}, and fits`, async () => {
          const page = await open(file, { viewport, colorScheme });
          await page.evaluate(axe);
          const { violations } = await page.evaluate<{
            violations: { id: string; nodes: { html: string }[] }[];
          }>("axe.run()");
          const flaws = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
          expect(flaws).to.deep.equal([]);
          const width = await page.evaluate("document.documentElement.scrollWidth");
          expect(width).to.be.at.most(viewport.width);
          await picture(page, `site-${name}-${device}-${colorScheme}`);
          await page.context().close();
        });

  it("draws its diagrams", async () => {
    const page = await open("/index.html");
    await page.locator(".diagram svg").first().waitFor();
    expect(await page.locator(".diagram svg").count()).to.equal(2);
  });

  for (const [file, words, leads] of [
    ["/index.html", "464 http1 from cloudfront", "/findings/464-http1-from-cloudfront"],
    ["/ja/index.html", "ヘルスチェック", "/ja/findings/health-check"],
  ] as const)
    it(`finds ${words}`, async () => {
      const page = await open(file, { viewport: desktop });
      await page.locator(".VPNavBarSearch button").first().click();
      await page.locator("#localsearch-input").fill(words);
      await page.locator(`.VPLocalSearchBox a[href*="${leads}"]`).first().waitFor();
    });

  it("asks nobody else for anything", async () => {
    const page = await (await browser.newContext()).newPage();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`${address}/index.html`, { waitUntil: "networkidle" });
    const others = asked.filter((url) => !url.startsWith(address) && !url.startsWith("data:"));
    expect(others).to.deep.equal([]);
  });
});
