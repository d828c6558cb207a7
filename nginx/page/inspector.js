// What only the browser knows, and further requests. Everything else on the page is there without this file.
"use strict";

const path = "/.well-known/hopwise";
const names = {
  "http/1.0": "HTTP/1.0",
  "http/1.1": "HTTP/1.1",
  h2: "HTTP/2",
  h3: "HTTP/3",
  "HTTP/2.0": "HTTP/2",
};
const byId = (id) => document.getElementById(id);
const named = (protocol) => names[protocol] ?? protocol;

/** Puts text into an element; never markup. */
function say(element, text, small) {
  element.textContent = text;
  if (small === undefined) return;
  const remark = document.createElement("small");
  remark.textContent = small;
  element.append(" ", remark);
}

/** The answer to this page's own request, which nginx wrote into it. */
const seen = JSON.parse(byId("seen").textContent);
let shown = JSON.stringify(seen, null, 2);
byId("seen").textContent = shown;

const [navigation] = performance.getEntriesByType("navigation");
const spoken = navigation?.nextHopProtocol;
if (spoken) {
  const reported = seen.hops[0].protocol;
  const differs = reported !== null && reported !== named(spoken);
  const remark = differs
    ? "not what the headers say: a proxy on your side, or a copy"
    : `as “${spoken}”`;
  say(byId("browser-says"), named(spoken), remark);
  for (const element of document.querySelectorAll("[data-first-protocol]")) {
    say(element, named(spoken));
  }
} else say(byId("browser-says"), "nothing", "it does not say");

/** Resolves with the protocol that a request used, once the browser has noted it; else undefined. */
function protocolOf(url) {
  return new Promise((resolve) => {
    const found = () => performance.getEntriesByName(url).at(-1)?.nextHopProtocol;
    const observer = new PerformanceObserver(() => {
      if (found() !== undefined) done();
    });
    const done = () => {
      observer.disconnect();
      resolve(found());
    };
    observer.observe({ type: "resource", buffered: true });
    setTimeout(done, 1000);
  });
}

/** Adds a line to the table of requests. */
function list(request, first, answer) {
  const row = document.createElement("tr");
  const { protocol, server, connection, connectionRequests } = answer;
  const cells = [
    first ? named(first) : "not reported",
    named(protocol),
    server.task ?? server.name,
    `${connection}, request ${connectionRequests}`,
  ];
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = request;
  row.append(head);
  for (const text of cells) {
    const cell = document.createElement("td");
    cell.textContent = text;
    row.append(cell);
  }
  byId("answers").querySelector("tbody").append(row);
  byId("answers").hidden = false;
}

list("this page", spoken, seen);

let asked = 0;
byId("needs").hidden = true;
byId("ask").hidden = false;
byId("ask").addEventListener("click", async () => {
  asked += 1;
  const request = asked;
  const url = new URL(`${path}?again=${request}`, location.href).href;
  try {
    const answer = await fetch(url, { cache: "no-store" });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const reported = await answer.json();
    const first = await protocolOf(url);
    list(`${request}`, first, reported);
    shown = JSON.stringify(reported, null, 2);
    byId("seen").textContent = shown;
    const way = first ? `${named(first)} to the first hop, ` : "";
    say(byId("asked"), `Request ${request}: ${way}${named(reported.protocol)} to nginx.`);
  } catch (error) {
    say(byId("asked"), `Request ${request} got no answer from nginx: ${error.message}.`);
  }
});

byId("copy").hidden = false;
byId("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(shown);
    say(byId("copied"), "Copied.");
  } catch {
    // Not without TLS, nor where the user has forbidden it.
    getSelection().selectAllChildren(byId("seen"));
    say(byId("copied"), "Selected: copy it with your keyboard.");
  }
});

/** A question that something on the page refers to opens itself. */
function openTarget() {
  const target = location.hash ? byId(location.hash.slice(1)) : null;
  if (target instanceof HTMLDetailsElement) target.open = true;
}
addEventListener("hashchange", openTarget);
openTarget();
