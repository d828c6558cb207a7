// The same stack under a component: what `hopwise adopt` prints becomes the third argument. The old
// groups stay for the first deployment.
import { adopted, H1ViaCloudfront } from "../../../components";
import "./groups";

const vpcId = "vpc-0123456789abcdef0";
const subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
const certificate = (region: string) =>
  `arn:aws:acm:${region}:123456789012:certificate/12345678-1234-1234-1234-123456789012`;

new H1ViaCloudfront(
  "shop",
  {
    placement: {
      ...{ vpcId, vpcCidr: "10.0.0.0/16", assignPublicIp: true },
      ...{ loadBalancerSubnetIds: subnets, taskSubnetIds: subnets },
    },
    service: { image: "r.example.com/shop:1", count: 2 },
    domain: {
      ...{ name: "shop.example.com", zoneId: "Z0123456789ABCDEFGHIJ" },
      edgeCertificateArn: certificate("us-east-1"),
      loadBalancerCertificateArn: certificate("eu-west-1"),
    },
  },
  adopted({}),
);
