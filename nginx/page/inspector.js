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

/** What the page says in its language; `{name}` is the value of that name. */
const words = JSON.parse(byId("words").textContent);
const word = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

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
  const remark = differs ? word("differs") : word("spoken", { name: spoken });
  say(byId("browser-says"), named(spoken), remark);
  for (const element of document.querySelectorAll("[data-first-protocol]")) {
    say(element, named(spoken));
  }
} else say(byId("browser-says"), word("silent"), word("silentRemark"));

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
    first ? named(first) : word("unreported"),
    named(protocol),
    server.task ?? server.name,
    word("connection", { connection, number: connectionRequests }),
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

list(word("thisPage"), spoken, seen);

let asked = 0;
byId("needs").hidden = true;
byId("ask").hidden = false;
byId("ask").addEventListener("click", async () => {
  asked += 1;
  const request = asked;
  const url = new URL(`${path}?again=${request}`, location.href).href;
  const answer = await fetch(url, { cache: "no-store" }).catch(() => undefined);
  const reported = answer?.ok ? await answer.json().catch(() => undefined) : undefined;
  if (reported === undefined) {
    const failed = answer === undefined || answer.ok ? "lost" : "failed";
    say(byId("asked"), word(failed, { request, status: answer?.status }));
    return;
  }
  const first = await protocolOf(url);
  list(`${request}`, first, reported);
  shown = JSON.stringify(reported, null, 2);
  byId("seen").textContent = shown;
  const values = { request, first: named(first), last: named(reported.protocol) };
  say(byId("asked"), word(first ? "answered" : "answeredLast", values));
});

byId("copy").hidden = false;
byId("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(shown);
    say(byId("copied"), word("copied"));
  } catch {
    // Not without TLS, nor where the user has forbidden it.
    getSelection().selectAllChildren(byId("seen"));
    say(byId("copied"), word("selected"));
  }
});

/** A question that something on the page refers to opens itself. */
function openTarget() {
  const target = location.hash ? byId(location.hash.slice(1)) : null;
  if (target instanceof HTMLDetailsElement) target.open = true;
}
addEventListener("hashchange", openTarget);
openTarget();
