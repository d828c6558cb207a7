import { sound, type Case, unknownDefinitions } from "../caseParts";

const running = (image: string) =>
  sound({
    definition: {
      containerDefinitions: JSON.stringify([
        { name: "nginx", image, portMappings: [{ containerPort: 8080 }] },
      ]),
    },
  });
const digest = `sha256:${"0".repeat(64)}`;

export const cases: Case = {
  broken: {
    "no tag": [running("nginx"), "definition", /image nginx /],
    latest: [running("nginx:latest"), "definition", /nginx:latest/],
    "no tag, from a registry with a port": [
      running("r.example.com:5000/a/nginx"),
      "definition",
      /5000\/a\/nginx /,
    ],
  },
  fine: {
    "a version": running("nginx:1.31"),
    "a digest": running(`nginx@${digest}`),
    "latest, and a digest": running(`nginx:latest@${digest}`),
    "a tag that only begins so": running("nginx:latest-alpine3.23"),
  },
  unknown: { "the definitions": sound(unknownDefinitions) },
};
