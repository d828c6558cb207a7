import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";

const secret = { httpHeader: { httpHeaderName: "X-Origin-Verify", values: ["b7Jq2mZx9KpLw4Tn"] } };
const path = { pathPattern: { values: ["/a", "/b"] } };
const later = (inputs: object) =>
  resource("aws:lb/listenerRule:ListenerRule", "later", {
    ...{ listenerArn: arn.https, priority: 2, conditions: [secret] },
    actions: [{ type: "forward", targetGroupArn: arn.tasks }],
    ...inputs,
  });

const paths = (...values: string[]) => ({ pathPattern: { values } });
const host = (...values: string[]) => ({ hostHeader: { values } });
const methods = (...values: string[]) => ({ httpRequestMethod: { values } });
const addresses = (...values: string[]) => ({ sourceIp: { values } });
const query = (...queryStrings: object[]) => ({ queryStrings });
/** Two rules: the conditions of the first, and of the one after it. */
const after = (first: object[], second: object[]) =>
  plus(sound({ guarded: { conditions: first } }), later({ conditions: second }));

export const cases: Case = {
  broken: {
    "the same conditions": [
      plus(sound({}), later({})),
      "later",
      /later is never reached: guarded comes first and answers every request that it asks for/,
    ],
    "the same in another order": [
      plus(
        sound({ guarded: { conditions: [secret, path] } }),
        later({ conditions: [{ pathPattern: { values: ["/b", "/a"] } }, secret] }),
      ),
      "later",
      /never reached/,
    ],
    "more conditions than the one before it has": [
      plus(sound({}), later({ conditions: [secret, path] })),
      "later",
      /never reached/,
    ],
    "paths within those of the one before it": [
      after([paths("/api/*")], [paths("/api/v1/*", "/api/v2/?"), host("api.example.com")]),
      "later",
      /never reached/,
    ],
    "every path": [after([paths("/*")], [paths("*.jpg")]), "later", /never reached/],
    "a host within a wildcard's": [
      after([host("*.example.com")], [host("API.example.com")]),
      "later",
      /never reached/,
    ],
    "a query string, a method and an address within the other's": [
      after(
        [query({ value: "1*" }), methods("GET", "POST"), addresses("10.0.0.0/8")],
        [query({ key: "v", value: "12" }), methods("GET"), addresses("10.1.0.0/16")],
      ),
      "later",
      /never reached/,
    ],
  },
  fine: {
    "other conditions": after([secret, path], [secret]),
    "paths of which some are others": after([paths("/api/*")], [paths("/api/*", "/web/*")]),
    "a path that begins alike": after([paths("/api/*")], [paths("/api")]),
    "a path in other letters": after([paths("/API/*")], [paths("/api/v1")]),
    "one character for any": after([paths("/?")], [paths("/*")]),
    "another header": after(
      [secret],
      [{ httpHeader: { httpHeaderName: "X-Canary", values: ["b7Jq2mZx9KpLw4Tn"] } }],
    ),
    "a regular expression": after(
      [paths("/api/*")],
      [{ pathPattern: { regexValues: ["^/api/v[0-9]+$"] } }],
    ),
    "another listener": plus(sound({}), later({ listenerArn: "arn:other" })),
    "no priority": plus(sound({}), later({ priority: undefined })),
  },
  fix: "other conditions",
  unknown: {
    "what the other one asks for": plus(sound({ guarded: { conditions: unknown } }), later({})),
    "its priority": plus(sound({}), later({ priority: unknown })),
  },
};
