"""Every variant, from Python."""

import pulumi
import pulumi_hopwise as hopwise

REGISTRY = "123456789012.dkr.ecr.eu-west-1.amazonaws.com"

net = hopwise.Network(
    "net",
    egress=hopwise.NetworkEgress.ENDPOINTS,
    secret_stores=[hopwise.SecretStore.SECRETSMANAGER],
)


def placement(load_balancer_subnet_ids) -> hopwise.PlacementArgs:
    return hopwise.PlacementArgs(
        vpc_id=net.placement.vpc_id,
        vpc_cidr=net.placement.vpc_cidr,
        load_balancer_subnet_ids=load_balancer_subnet_ids,
        task_subnet_ids=net.placement.task_subnet_ids,
        endpoint_security_group_id=net.placement.endpoint_security_group_id,
        s3_prefix_list_id=net.placement.s3_prefix_list_id,
    )


public = placement(net.public_subnet_ids)
service = hopwise.ServiceArgs(image=f"{REGISTRY}/web:1")


def domain(name: str) -> hopwise.DomainArgs:
    return hopwise.DomainArgs(name=f"{name}.example.com", zone_name="example.com")


h1 = hopwise.H1ViaCloudfront(
    "h1",
    placement=placement(net.internal_subnet_ids),
    service=hopwise.ServiceArgs(
        image=f"{REGISTRY}/web:1",
        cpu=512,
        memory=1024,
        app=hopwise.AppArgs(
            image=f"{REGISTRY}/shop:1",
            port=3000,
            secret_environment={"TOKEN": pulumi.Output.secret("a secret of the program")},
        ),
    ),
    origin=hopwise.H1OriginArgs(access=hopwise.CloudfrontOriginAccess.VPC_ORIGIN),
)
h2cf = hopwise.H2ViaCloudfront(
    "h2cf", placement=public, service=service, domain=domain("h2cf")
)
grpc = hopwise.GrpcViaCloudfront(
    "grpc",
    placement=public,
    service=hopwise.ServiceArgs(
        image=f"{REGISTRY}/web:1",
        app=hopwise.AppArgs(image=f"{REGISTRY}/calls:1", port=50051),
    ),
    domain=domain("grpc"),
)
h2 = hopwise.H2Direct(
    "h2",
    placement=public,
    service=service,
    domain=domain("h2"),
)
for name, path in {"h1": h1, "h2cf": h2cf, "grpc": grpc, "h2": h2}.items():
    pulumi.export(name, path.url)
pulumi.export("loadBalancer", h2.load_balancer.load_balancer.dns_name)
