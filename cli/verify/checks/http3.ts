/** HTTP/3, by a curl that has it; without one only that it is advertised. */
import { edgeOffers } from "../../../path/protocols";
import type { HttpResult } from "../../http/types";
import { runProgram } from "../../program";
import { result, type Context, type Result } from "../context";

const title = "a viewer, HTTP/3";

/** @param got an answer of the front, whose Alt-Svc advertises HTTP/3 */
export async function http3Check(
  context: Context,
  got: HttpResult,
  curl = "curl",
): Promise<Result[]> {
  const edge = context.promised?.spec.edge;
  if (edge === undefined || !edgeOffers[edge.httpVersion].includes("HTTP/3")) return [];
  const advertised = got.outcome === "answered" && /\bh3=/.test(got.headers["alt-svc"] ?? "");
  const known = advertised ? "advertised" : "not advertised";
  const version = await runProgram(curl, ["--version"], { milliseconds: 2000 });
  if (!/\bHTTP3\b/.test(version.stdout)) {
    const why = "Node.js has no HTTP/3, and no curl with HTTP/3 is installed";
    return [
      result(
        "viewer-http3",
        title,
        "skip",
        "an answer of the container",
        `${known}; not asked`,
        why,
      ),
    ];
  }
  const { front, url } = context.targets;
  context.requests += 1;
  const words = [
    ...["-sS", "-k", "-o", "/dev/null", "--http3-only", "--max-redirs", "0"],
    ...["--max-time", String(Math.ceil(context.milliseconds / 1000)), "--max-filesize", "65536"],
    ...["--connect-to", `::${front.address}:${front.port}`, "-w", "%{http_version} %{http_code}"],
    new URL(context.promised?.service ?? "/", url).href,
  ];
  const said = await runProgram(curl, words, { milliseconds: context.milliseconds + 1000 });
  const [spoken, status] = said.stdout.trim().split(" ");
  const fine = spoken === "3" && Number(status) > 0 && Number(status) < 500 && status !== "464";
  const actual = spoken === "3" ? (status ?? "") : `no answer over HTTP/3; ${known}`;
  return [
    result("viewer-http3", title, fine ? "pass" : "fail", "an answer of the container", actual),
  ];
}
