import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import {
  configurationHere,
  mainConfiguration,
  nginxImageOf,
} from "../../../local/serve/tasks/nginxImage";

describe("an image that is built on nginx's own", () => {
  let context: string;
  beforeEach(() => {
    context = mkdtempSync(path.join(tmpdir(), "hopwise-image-"));
    for (const file of ["nginx.conf", "default.conf", "html/index.html"]) {
      mkdirSync(path.dirname(path.join(context, file)), { recursive: true });
      writeFileSync(path.join(context, file), "");
    }
  });
  afterEach(() => {
    rmSync(context, { recursive: true });
  });
  const copies = (...lines: string[]): readonly unknown[] | undefined => {
    writeFileSync(path.join(context, "Dockerfile"), lines.join("\n"));
    return nginxImageOf(context)?.copies;
  };
  const main = { from: "nginx.conf", to: "/etc/nginx/nginx.conf" };

  for (const image of [
    ...["nginx", "nginx:1.30", "docker.io/library/nginx:alpine", "nginxinc/nginx-unprivileged:1"],
    ...["public.ecr.aws/nginx/nginx:1.30.4", "--platform=linux/amd64 nginx:1.30 AS web"],
  ])
    it(`FROM ${image}`, () => {
      expect(copies(`FROM ${image}`, "COPY nginx.conf /etc/nginx/nginx.conf")).to.deep.equal([
        main,
      ]);
    });

  for (const image of ["node:22", "acme/nginx-but-more", "nginx-builder", "scratch"])
    it(`FROM ${image}: none`, () => {
      expect(copies(`FROM ${image}`, "COPY nginx.conf /etc/nginx/nginx.conf")).to.equal(undefined);
    });

  it("only its last stage counts, and what is copied from the context", () => {
    expect(
      copies(
        "FROM node:22 AS build",
        "COPY . /src",
        "FROM nginx:1.30",
        "COPY --from=build /src/dist /usr/share/nginx/html",
        "COPY --chown=nginx \\",
        "  default.conf /etc/nginx/conf.d/",
        "# COPY nginx.conf /etc/nginx/nginx.conf",
        "COPY html /usr/share/nginx/html",
        "COPY gone.conf /etc/nginx/gone.conf",
      ),
    ).to.deep.equal([
      { from: "default.conf", to: "/etc/nginx/conf.d/default.conf" },
      { from: "html", to: "/usr/share/nginx/html" },
    ]);
  });

  it("without a configuration of its own: nginx's, at the port that its image has", () => {
    expect(copies("FROM nginx", "COPY html /usr/share/nginx/html")).to.have.length(1);
    expect(nginxImageOf(context)?.stockPort).to.equal(80);
    expect(copies("FROM nginxinc/nginx-unprivileged", "EXPOSE 8080")).to.deep.equal([]);
    expect(nginxImageOf(context)?.stockPort).to.equal(8080);
  });

  it("changed by what is not here, or with a configuration from outside of its context: none", () => {
    expect(copies("FROM nginx", "RUN sed -i s/80/81/ /etc/nginx/conf.d/*")).to.equal(undefined);
    expect(copies("FROM nginx", "COPY --from=a /a /etc/nginx/conf.d/")).to.equal(undefined);
    expect(copies("FROM nginx", "COPY ../nginx.conf /etc/nginx/nginx.conf")).to.equal(undefined);
    expect(nginxImageOf(path.join(context, "html"))).to.equal(undefined);
  });
});

describe("its configuration on this machine", () => {
  const here = (text: string): string =>
    configurationHere(text, { root: "/run/t", address: "127.0.4.1" });
  const cases: [what: string, from: string, to: string][] = [
    ["a port alone", "listen 80;", "listen 127.0.4.1:80;"],
    [
      "every address",
      "listen 0.0.0.0:8080 default_server;",
      "listen 127.0.4.1:8080 default_server;",
    ],
    ["an address alone", "listen *;", "listen 127.0.4.1:80;"],
    ["IPv6 beside it", "listen 80; listen [::]:80;", "listen 127.0.4.1:80; "],
    ["files of the image", "root /usr/share/nginx/html;", "root /run/t/usr/share/nginx/html;"],
    ["a quoted file", 'include "/etc/nginx/a.conf";', 'include "/run/t/etc/nginx/a.conf";'],
    ["its logs", "access_log /var/log/nginx/access.log main;", "access_log /dev/stdout main;"],
    ["a location is no file", "location /etc/nginx/ {}", "location /etc/nginx/ {}"],
    ["who it runs as", "user nginx;", ""],
    [
      "an app in the same task",
      "proxy_pass http://localhost:3000/a;",
      "proxy_pass http://127.0.4.1:3000/a;",
    ],
    [
      "an app as an upstream",
      "upstream a { server 127.0.0.1:3000; }",
      "upstream a { server 127.0.4.1:3000; }",
    ],
    ["a comment", "# listen 80;", "# listen 80;"],
    [
      "another host",
      "proxy_pass http://localhost.example.com;",
      "proxy_pass http://localhost.example.com;",
    ],
  ];
  for (const [what, from, to] of cases)
    it(what, () => {
      expect(here(from)).to.equal(to);
    });

  it("runs in the foreground and writes below its own folder", () => {
    const text = mainConfiguration("events {}\nhttp {\n  proxy_temp_path /x;\n}\n", "/run/t");
    expect(text).to.match(/^daemon off; worker_processes 1; pid "\/run\/t\/nginx\.pid"; events/);
    expect(text).to.contain('client_body_temp_path "/run/t/client_body_temp_path";');
    expect(text.match(/proxy_temp_path/g)).to.have.length(1);
    // Its default is a folder of nginx's images.
    expect(text).to.contain("access_log /dev/stdout;");
    expect(mainConfiguration("http { access_log off; }", "/run/t")).not.to.contain("stdout");
  });
});
