import { plus, sound, type Case, unknown, viaOrigin } from "../caseParts";
import { behaviour, resource, soundProgram } from "../program";
import { FromUnknown } from "../support";

export const cases: Case = {
  broken: {
    "another name": [
      sound({ "origin-certificate": { domainName: "www.example.org" } }),
      "https",
      /origin\.example\.com/,
    ],
    "another name, where nobody knows yet whether viewers have to use TLS": [
      sound({
        "origin-certificate": { domainName: "www.example.org" },
        cdn: { defaultCacheBehavior: behaviour({ viewerProtocolPolicy: unknown }) },
      }),
      "https",
      /origin\.example\.com/,
    ],
    "the load balancer's own name": [
      sound({ ...viaOrigin({}, { domainName: "alb-1a2b3c4-123.eu-west-1.elb.amazonaws.com" }) }),
      "https",
      /looks for the DNS name of the load balancer alb on/,
    ],
    "the load balancer's own name, before it has one": [
      () => {
        const named = new FromUnknown(resource("aws:lb/loadBalancer:LoadBalancer", "alb", {}));
        return soundProgram({
          alb: { dnsName: undefined },
          ...viaOrigin({}, { domainName: named }),
        });
      },
      "https",
      /looks for the DNS name of the load balancer alb on/,
    ],
  },
  fine: {
    "the viewer's name, which is forwarded": sound({
      "origin-certificate": { domainName: "www.example.com" },
      cdn: {
        defaultCacheBehavior: behaviour({
          originRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3",
        }),
      },
    }),
    "a certificate of another program": sound({
      https: { certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/given" },
    }),
    "a further certificate": sound({
      "origin-certificate": {
        domainName: "a.example.org",
        subjectAlternativeNames: ["origin.example.com"],
      },
    }),
  },
  unknown: {
    "which listener a further certificate is for": plus(
      sound({ "origin-certificate": { domainName: "www.example.org" } }),
      resource("aws:acm/certificate:Certificate", "further", { domainName: "*.example.com" }),
      resource("aws:lb/listenerCertificate:ListenerCertificate", "also", {
        ...{ listenerArn: unknown, certificateArn: "further" },
      }),
    ),
    "the certificate's name": sound({ "origin-certificate": { domainName: unknown } }),
    "which policy forwards the host": sound({
      "origin-certificate": { domainName: "www.example.com" },
      cdn: { defaultCacheBehavior: behaviour({ originRequestPolicyId: unknown }) },
    }),
  },
};
