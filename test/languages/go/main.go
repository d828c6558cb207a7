// Every variant, from Go.
package main

import (
	"example.com/pulumi-hopwise/sdk/go/hopwise"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const registry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com"

func main() {
	pulumi.Run(program)
}

func program(ctx *pulumi.Context) error {
	egress := hopwise.NetworkEgressEndpoints
	net, err := hopwise.NewNetwork(ctx, "net", &hopwise.NetworkArgs{
		Egress:       &egress,
		SecretStores: []hopwise.SecretStore{hopwise.SecretStoreSecretsmanager},
	})
	if err != nil {
		return err
	}
	placement := func(loadBalancerSubnetIds pulumi.StringArrayOutput) hopwise.PlacementArgs {
		return hopwise.PlacementArgs{
			VpcId:                   net.Placement.VpcId(),
			VpcCidr:                 net.Placement.VpcCidr(),
			LoadBalancerSubnetIds:   loadBalancerSubnetIds,
			TaskSubnetIds:           net.Placement.TaskSubnetIds(),
			EndpointSecurityGroupId: net.Placement.EndpointSecurityGroupId(),
			S3PrefixListId:          net.Placement.S3PrefixListId(),
		}
	}
	public := placement(net.PublicSubnetIds)
	service := hopwise.ServiceArgs{Image: pulumi.String(registry + "/web:1")}
	domain := func(name string) hopwise.DomainArgs {
		return hopwise.DomainArgs{
			Name:     name + ".example.com",
			ZoneName: pulumi.StringRef("example.com"),
		}
	}

	access := hopwise.CloudfrontOriginAccessVpcOrigin
	h1, err := hopwise.NewH1ViaCloudfront(ctx, "h1", &hopwise.H1ViaCloudfrontArgs{
		Placement: placement(net.InternalSubnetIds),
		Service: hopwise.ServiceArgs{
			Image:  pulumi.String(registry + "/web:1"),
			Cpu:    pulumi.IntRef(512),
			Memory: pulumi.IntRef(1024),
			App: &hopwise.AppArgs{
				Image: pulumi.String(registry + "/shop:1"),
				Port:  3000,
				SecretEnvironment: map[string]pulumi.StringInput{
					"TOKEN": pulumi.ToSecret(pulumi.String("a secret of the program")).(pulumi.StringOutput),
				},
			},
		},
		Origin: &hopwise.H1OriginArgs{Access: &access},
	})
	if err != nil {
		return err
	}
	return nil
}
