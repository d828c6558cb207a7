import { definitions, direct, sound, type Case, unknownDefinitions } from "../caseParts";

export const cases: Case = {
  broken: {
    "nginx without HTTP/2": [
      direct({
        tasks: { protocolVersion: "HTTP2" },
        definition: definitions({ HOPWISE_HTTP2: "off" }),
      }),
      "definition",
      /502/,
    ],
  },
  fine: { "an image of which nothing is known": direct({ tasks: { protocolVersion: "HTTP2" } }) },
  unknown: { "the containers": sound(unknownDefinitions) },
};
