/** The targets of the requests: from the command line, the outputs, or what is served here. */
import { existsSync, readFileSync } from "node:fs";
import { isIPv6 } from "node:net";
import { clientFiles } from "../../local/serve/certificates";
import { asksForCertificates } from "../../path/typical";
import { CommandFailure } from "../failure";
import type { SiteEndpoint } from "../http/types";
import type { Serving } from "../serving";
import type { VerifyTargets } from "./context";
import type { Resolve, VerifyOptions } from "./options";
import type { StackOutputs } from "./outputs";
import type { Promised } from "./promise";

/**
 * @throws {CommandFailure} with exit code 2 if the URL is invalid or a file cannot be read
 */
export function targetsOf(
  text: string,
  options: Pick<VerifyOptions, "ca" | "cert" | "key" | "resolve" | "loadBalancer">,
  promised: Promised | undefined,
  outputs: StackOutputs = {},
): VerifyTargets {
  const url = parseUrl(text);
  const secure = url.protocol === "https:";
  const name = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port === "" ? (secure ? 443 : 80) : Number(url.port);
  const front: SiteEndpoint = {
    name,
    urlPort: port,
    port,
    tls: secure,
    address: addressOf(name, port, options.resolve),
  };
  const behind = promised?.loadBalancer;
  const host = options.loadBalancer?.host ?? outputs.loadBalancerDnsName;
  const behindPort = options.loadBalancer?.port ?? behind?.port ?? 443;
  return {
    url,
    front,
    // A site on a different port says nothing about port 80.
    ...(secure &&
      port === 443 && {
        plain: {
          name,
          urlPort: 80,
          port: 80,
          tls: false,
          address: addressOf(name, 80, options.resolve),
        },
      }),
    ...(behind &&
      host !== undefined && {
        loadBalancer: {
          name: host,
          urlPort: behindPort,
          port: behindPort,
          tls: behind.tls,
          address: addressOf(host, behindPort, options.resolve),
        },
      }),
    ...(options.ca !== undefined && { ca: read("certificate authority", options.ca) }),
    ...clientOf(options),
  };
}

/** What `hopwise local` serves. */
export function localTargets(serving: Serving, promised: Promised): VerifyTargets {
  const { front, cloudfrontAddress, callerAddress, caFile } = serving;
  const { host: name, address } = front;
  const client = clientFiles(caFile);
  const secure = serving.url.startsWith("https:");
  const behind = promised.loadBalancer;
  const found = serving.loadBalancers.find((lb) => lb.name === behind?.name);
  const listener = found?.listeners.find(({ port }) => port === behind?.port);
  return {
    url: new URL(`${secure ? "https" : "http"}://${name}/`),
    front: { name, address, port: front.port, tls: secure },
    ...(secure &&
      front.plainPort !== undefined && {
        plain: { name, address, port: front.plainPort, tls: false },
      }),
    ...(behind &&
      found &&
      listener && {
        loadBalancer: {
          name: found.host,
          address: listener.address,
          port: listener.localPort,
          tls: behind.tls,
        },
        cloudfrontAddress,
      }),
    ...(callerAddress !== undefined && { caller: callerAddress }),
    ca: read("certificate authority", caFile),
    ...(asksForCertificates(promised.spec) && existsSync(client.cert) && clientOf(client)),
  };
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol) || url.hostname === "") {
    const isHost = !text.includes("//") && URL.canParse(`https://${text}`);
    const meant = isHost ? `https://${text}` : "e.g. https://www.example.com";
    throw new CommandFailure(`${text} is not the URL of a site: write ${meant}.`, 2);
  }
  if (url.username !== "" || url.password !== "")
    throw new CommandFailure(
      "Remove the user and password from the URL: hopwise verify does not send them.",
      2,
    );
  return url;
}

function addressOf(name: string, port: number, resolves: readonly Resolve[] = []): string {
  const found = resolves.find((r) => r.host === name.toLowerCase() && r.port === port);
  return found?.address ?? (isIPv6(name) ? name : name.replace(/\.$/, ""));
}

function clientOf({
  cert,
  key,
}: Pick<VerifyOptions, "cert" | "key">): Pick<VerifyTargets, "client"> {
  if (cert === undefined && key === undefined) return {};
  if (cert === undefined || key === undefined)
    throw new CommandFailure("A client certificate needs both --cert and --key.", 2);
  return { client: { cert: read("client certificate", cert), key: read("private key", key) } };
}

function read(what: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CommandFailure(`The ${what} cannot be read: ${(error as Error).message}`, 2);
  }
}
