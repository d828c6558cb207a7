import { expect } from "chai";
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

  it("renders below /tmp, which it leaves to the task's tmpfs", () => {
    expect(dockerfile).not.to.contain("VOLUME");
    expect(dockerfile).to.contain("NGINX_ENVSUBST_OUTPUT_DIR=/tmp/nginx");
    expect(dockerfile).to.contain('"-c", "/tmp/nginx/nginx.conf"');
    expect(dockerfile).to.contain("NGINX_ENVSUBST_FILTER=^HOPWISE_");
  });

  it("has scripts that the entrypoint will run: executable, before and after the templates", () => {
    const names = readdirSync(join(image, "docker-entrypoint.d")).sort();
    expect(names).to.deep.equal([
      "15-hopwise-settings.envsh",
      "25-hopwise-certificate.sh",
      "26-hopwise-grpc.sh",
    ]);
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
    expect(outside.sort()).to.deep.equal(["/dev/stdout", "stderr"]);
  });
});

describe("the page", () => {
  const page = read("page/index.html");
  const style = read("page/inspector.css");
  const policy = read("templates/http/headers.conf.template");

  it("loads its own style and script, and nothing from elsewhere", () => {
    const links = [
      ...page.matchAll(/<link[^>]*href="([^"]*)"/g),
      ...page.matchAll(/src="([^"]*)"/g),
    ];
    const loaded = links.map(([, address = ""]) => address.replace(/^(data:[^,]*).*$/s, "$1"));
    expect(loaded).to.deep.equal(["data:image/svg+xml", "/inspector.css", "/inspector.js"]);
    expect(style).to.not.match(/url\(|@import|@font-face/);
  });

  it("has no style or script of its own, so that the policy can forbid both", () => {
    expect(page).to.not.match(/<style|\sstyle=|\son\w+=|<script(?![^>]* src=)/);
    expect(policy).to.contain("default-src 'none'; ").and.contain("script-src 'self'; ");
    expect(policy).to.not.match(/unsafe|\*;|https?:/);
  });

  it("asks for variables only that there are, and never leaves a value unescaped", () => {
    const templates = ["inspect", "client-address", "inspect-json"].map((name) =>
      read(`templates/http/${name}.conf.template`),
    );
    const made = [...templates.join("\n").matchAll(/^map .* \$(\w+) \{/gm)].map(([, name]) => name);
    const nginxs =
      /^(http_\w+|hostname|remote_addr|server_addr|server_port|connection(_requests)?|time_iso8601)$/;
    const asked = [...page.matchAll(/<!--# (?:echo var="|if expr="\$)(\w+)/g)];
    expect(asked).to.have.length.greaterThan(40);
    for (const [, name = ""] of asked) {
      expect(nginxs.test(name) || made.includes(name), name).to.equal(true);
    }
    expect(page).to.not.contain("encoding=");
  });
});
