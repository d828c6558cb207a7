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
	image := pulumi.String(registry + "/web:1")
	service := hopwise.ServiceArgs{Image: image}
	domain := func(name string) *hopwise.DomainArgs {
		return &hopwise.DomainArgs{Name: name + ".example.com", ZoneName: pulumi.StringRef("example.com")}
	}
	secret := pulumi.ToSecret(pulumi.String("a secret of the program")).(pulumi.StringOutput)
	access := hopwise.CloudfrontOriginAccessVpcOrigin

	h1, err := hopwise.NewH1ViaCloudfront(ctx, "h1", &hopwise.H1ViaCloudfrontArgs{
		Placement: placement(net.InternalSubnetIds),
		Service: hopwise.ServiceArgs{
			Image:  image,
			Cpu:    pulumi.IntRef(512),
			Memory: pulumi.IntRef(1024),
			App: &hopwise.AppArgs{
				Image:             pulumi.String(registry + "/shop:1"),
				Port:              3000,
				SecretEnvironment: pulumi.StringMap{"TOKEN": secret},
			},
		},
		Origin: &hopwise.H1OriginArgs{Access: &access},
	})
	if err != nil {
		return err
	}
	h2cf, err := hopwise.NewH2ViaCloudfront(ctx, "h2cf", &hopwise.H2ViaCloudfrontArgs{
		Placement: public,
		Service:   service,
		Domain:    domain("h2cf"),
	})
	if err != nil {
		return err
	}
	grpc, err := hopwise.NewGrpcViaCloudfront(ctx, "grpc", &hopwise.GrpcViaCloudfrontArgs{
		Placement: public,
		Service: hopwise.ServiceArgs{
			Image: image,
			App: &hopwise.AppArgs{
				Image: pulumi.String(registry + "/calls:1"),
				Port:  50051,
			},
		},
		Domain: domain("grpc"),
	})
	if err != nil {
		return err
	}
	h2, err := hopwise.NewH2Direct(ctx, "h2", &hopwise.H2DirectArgs{
		Placement: public,
		Service:   service,
		Domain:    domain("h2"),
	})
	if err != nil {
		return err
	}

	ctx.Export("h1", h1.Url)
	ctx.Export("h2cf", h2cf.Url)
	ctx.Export("grpc", grpc.Url)
	ctx.Export("h2", h2.Url)
	ctx.Export("loadBalancer", h2.LoadBalancer.LoadBalancer().DnsName())
	return nil
}
