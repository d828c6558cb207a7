/** Which requests a listener rule asks for, by kind and method. */
import type { ListenerSpec } from "../path/types";
import type { RuleCondition } from "./types";

/**
 * The kinds and methods that the conditions limit requests to. gRPC is known by its content type, and
 * WebSockets by their upgrade; of any other header, or a regular expression, nothing follows.
 */
export function requestLimits(
  conditions: readonly RuleCondition[],
): Pick<ListenerSpec, "takes" | "methods"> {
  const onlyWith = (name: string, value: RegExp): boolean =>
    conditions.some(
      (condition) =>
        condition.field === "header" &&
        condition.regex !== true &&
        condition.name.toLowerCase() === name &&
        condition.values.length > 0 &&
        condition.values.every((one) => value.test(one)),
    );
  const [methods] = conditions.flatMap((condition) =>
    condition.field === "method" && condition.values.length > 0 ? [condition.values] : [],
  );
  return {
    // gRPC-Web is ordinary HTTP.
    ...(onlyWith("content-type", /^application\/grpc(?!-web)/i) && { takes: ["grpc"] }),
    ...(onlyWith("upgrade", /^websocket$/i) && { takes: ["websocket"] }),
    ...(methods && { methods }),
  };
}

/** Headers that say what a request is, not who sends it. */
const ofContent = ["accept", "accept-language", "content-type", "origin", "upgrade", "user-agent"];

/** True for a condition on a header that says what a request is: its value is no secret. */
export function isContentHeader({ name }: RuleCondition & { field: "header" }): boolean {
  return ofContent.includes(name.toLowerCase());
}
