import { H1ViaCloudfront } from "hopwise";

const path = new H1ViaCloudfront("shop", {
  placement: {
    vpcId: "vpc-0123456789abcdef0",
    vpcCidr: "10.20.0.0/16",
    // Public: CloudFront calls the load balancer over the internet, with a secret header.
    loadBalancerSubnetIds: ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"],
    // Private, with a way to the registry: a NAT gateway or VPC endpoints.
    taskSubnetIds: ["subnet-0a1b2c3d4e5f60003", "subnet-0a1b2c3d4e5f60004"],
  },
  domain: {
    name: "shop.example.com",
    zoneId: "Z0123456789ABCDEFGHIJ",
    // Of the load balancer's region, and of us-east-1. The names let hopwise refuse a wrong one.
    loadBalancerCertificateArn:
      "arn:aws:acm:eu-west-1:123456789012:certificate/0c1d1e5e-0000-4000-8000-000000000001",
    loadBalancerCertificateNames: ["*.example.com"],
    edgeCertificateArn:
      "arn:aws:acm:us-east-1:123456789012:certificate/0c1d1e5e-0000-4000-8000-000000000002",
    edgeCertificateNames: ["*.example.com"],
  },
  service: {
    app: {
      image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:2.0.1",
      port: 3000,
      behindNginx: false,
    },
  },
});

export const url = path.url;
