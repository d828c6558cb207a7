import { expect } from "chai";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isAtLeast } from "../../../local/nginx/find";

const image = join(__dirname, "../../../nginx");
const read = (name: string): string => readFileSync(join(image, name), "utf8");

describe("the image", () => {
  const dockerfile = read("Dockerfile");
  const instructions = dockerfile.split("\n").filter((line) => /^[A-Z]+ /.test(line));

  it("stands on a pinned version that is not below the security floor", () => {
    const [from = ""] = instructions.filter((line) => line.startsWith("FROM "));
    const tag = /^FROM public\.ecr\.aws\/nginx\/nginx-unprivileged:(\d+\.\d+\.\d+)-/.exec(from);
    // Fixes of CVE-2026-42533, -60005 and -56434: https://nginx.org/en/security_advisories.html
    expect(isAtLeast(tag?.[1] ?? "0", "1.30.4"), from).to.equal(true);
  });

  it("ends as an unprivileged user, and stops gracefully", () => {
    const users = instructions.filter((line) => line.startsWith("USER "));
    expect(users.at(-1)).to.equal("USER 101");
    expect(instructions).to.include("STOPSIGNAL SIGQUIT");
  });

  it("declares /tmp a volume and renders below it", () => {
    expect(instructions).to.include('VOLUME ["/tmp"]');
    expect(dockerfile).to.contain("NGINX_ENVSUBST_OUTPUT_DIR=/tmp/nginx");
    expect(dockerfile).to.contain('"-c", "/tmp/nginx/nginx.conf"');
    expect(dockerfile).to.contain("NGINX_ENVSUBST_FILTER=^HOPWISE_");
  });

  it("has scripts that the entrypoint will run: executable, before and after the templates", () => {
    const names = readdirSync(join(image, "docker-entrypoint.d")).sort();
    expect(names).to.deep.equal(["15-hopwise-settings.envsh", "25-hopwise-certificate.sh"]);
    for (const name of names) {
      const { mode } = statSync(join(image, "docker-entrypoint.d", name));
      expect(mode & 0o111, name).to.equal(0o111);
    }
  });

  it("writes nowhere but below its run directory", () => {
    const paths = readdirSync(join(image, "templates"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".template"))
      .flatMap((name) => read(join("templates", name)).split("\n"))
      .filter((line) =>
        /^\s*(pid|\w+_temp_path|\w*_?log|error_log|access_log|lock_file)\s/.test(line),
      )
      .map((line) => line.trim().split(/\s+/)[1] ?? "");
    expect(paths).to.have.length.greaterThan(6);
    const outside = paths.filter((path) => !path.startsWith('"${HOPWISE_RUN_DIR}/'));
    expect(outside.sort()).to.deep.equal(["/dev/stdout", "off;", "stderr"]);
  });
});

describe("the page", () => {
  const page = read("page/index.html");
  const policy = read("templates/http/headers.conf.template");
  const hash = (text: string): string =>
    `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

  for (const [element, directive] of [
    ["style", "style-src"],
    ["script", "script-src"],
  ] as const) {
    it(`has one ${element}, which the content security policy allows by its hash`, () => {
      const found = [...page.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, "gs"))];
      expect(found).to.have.length(1);
      expect(policy).to.contain(`${directive} ${hash(found[0]?.[1] ?? "")};`);
    });
  }

  it("loads nothing from elsewhere", () => {
    const addresses = [...page.matchAll(/(?:src|href|url\(|@import)\s*[=(]?\s*["']([^"']*)/g)];
    const elsewhere = addresses
      .map(([, address = ""]) => address)
      .filter((a) => /^(\w+:)?\/\//.test(a));
    expect(elsewhere).to.deep.equal([]);
    expect(page).to.not.match(/\sstyle=|\son\w+=/);
  });
});
