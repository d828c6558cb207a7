import { H1ViaCloudfront } from "hopwise";

/** What an environment of the shop differs in. */
export interface Environment {
  readonly domain: string;
  readonly count: number;
}

/** The program of one environment: a path in a network that exists. */
export function shop({ domain, count }: Environment) {
  return () => {
    const path = new H1ViaCloudfront("shop", {
      placement: {
        vpcId: "vpc-0123456789abcdef0",
        vpcCidr: "10.0.0.0/16",
        loadBalancerSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
        taskSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
      },
      service: { image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4.0", count },
      domain: { name: domain, zoneName: "example.com" },
    });
    return Promise.resolve({ url: path.url, findings: path.findings });
  };
}
