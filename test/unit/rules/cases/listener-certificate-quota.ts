import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";

const certificates = (count: number, changes: object = {}) =>
  plus(
    sound({}),
    ...Array.from({ length: count }, (_, i) =>
      resource("aws:lb/listenerCertificate:ListenerCertificate", `tenant-${i}`, {
        ...{ listenerArn: arn.https, certificateArn: `arn:certificate/${i}` },
        ...changes,
      }),
    ),
  );

export const cases: Case = {
  broken: { "one too many": [certificates(26), "alb", /alb have 26 certificates besides/] },
  fine: {
    "as many as there can be": certificates(25),
    "certificates of another load balancer": certificates(26, { listenerArn: "arn:other" }),
  },
  unknown: { "whose certificates they are": certificates(26, { listenerArn: unknown }) },
};
