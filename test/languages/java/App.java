// Every variant, from Java.
import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.hopwise.GrpcViaCloudfront;
import com.pulumi.hopwise.GrpcViaCloudfrontArgs;
import com.pulumi.hopwise.H1ViaCloudfront;
import com.pulumi.hopwise.H1ViaCloudfrontArgs;
import com.pulumi.hopwise.H2Direct;
import com.pulumi.hopwise.H2DirectArgs;
import com.pulumi.hopwise.H2ViaCloudfront;
import com.pulumi.hopwise.H2ViaCloudfrontArgs;
import com.pulumi.hopwise.Network;
import com.pulumi.hopwise.NetworkArgs;
import com.pulumi.hopwise.enums.CloudfrontOriginAccess;
import com.pulumi.hopwise.enums.NetworkEgress;
import com.pulumi.hopwise.enums.SecretStore;
import com.pulumi.hopwise.inputs.AppArgs;
import com.pulumi.hopwise.inputs.DomainArgs;
import com.pulumi.hopwise.inputs.H1OriginArgs;
import com.pulumi.hopwise.inputs.PlacementArgs;
import com.pulumi.hopwise.inputs.ServiceArgs;
import java.util.List;
import java.util.Map;

public class App {
    private static final String REGISTRY = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    private static final String IMAGE = REGISTRY + "/web:1";

    public static void main(String[] args) {
        Pulumi.run(App::stack);
    }

    private static void stack(Context ctx) {
        var net = new Network("net", NetworkArgs.builder()
            .egress(NetworkEgress.Endpoints)
            .secretStores(SecretStore.Secretsmanager)
            .build());
        var pub = placement(net, net.publicSubnetIds());
        var service = ServiceArgs.builder().image(IMAGE).build();
        var secret = Output.ofSecret("a secret of the program");

        var h1 = new H1ViaCloudfront("h1", H1ViaCloudfrontArgs.builder()
            .placement(placement(net, net.internalSubnetIds()))
            .service(ServiceArgs.builder()
                .image(IMAGE)
                .cpu(512)
                .memory(1024)
                .app(AppArgs.builder()
                    .image(REGISTRY + "/shop:1")
                    .port(3000)
                    .secretEnvironment(secret.applyValue(value -> Map.of("TOKEN", value)))
                    .build())
                .build())
            .origin(H1OriginArgs.builder().access(CloudfrontOriginAccess.VpcOrigin).build())
            .build());
        var h2cf = new H2ViaCloudfront("h2cf", H2ViaCloudfrontArgs.builder()
            .placement(pub)
            .service(service)
            .domain(domain("h2cf"))
            .build());
        var grpc = new GrpcViaCloudfront("grpc", GrpcViaCloudfrontArgs.builder()
            .placement(pub)
            .service(ServiceArgs.builder()
                .image(IMAGE)
                .app(AppArgs.builder().image(REGISTRY + "/calls:1").port(50051).build())
                .build())
            .domain(domain("grpc"))
            .build());
        var h2 = new H2Direct("h2", H2DirectArgs.builder()
            .placement(pub)
            .service(service)
            .domain(domain("h2"))
            .build());

        ctx.export("h1", h1.url());
        ctx.export("h2cf", h2cf.url());
        ctx.export("grpc", grpc.url());
        ctx.export("h2", h2.url());
        ctx.export("loadBalancer", h2.loadBalancer().applyValue(one -> one.loadBalancer().dnsName()));
    }

    private static PlacementArgs placement(Network net, Output<List<String>> loadBalancerSubnetIds) {
        return PlacementArgs.builder()
            .vpcId(net.placement().applyValue(one -> one.vpcId()))
            .vpcCidr(net.placement().applyValue(one -> one.vpcCidr().orElseThrow()))
            .loadBalancerSubnetIds(loadBalancerSubnetIds)
            .taskSubnetIds(net.placement().applyValue(one -> one.taskSubnetIds()))
            .endpointSecurityGroupId(
                net.placement().applyValue(one -> one.endpointSecurityGroupId().orElseThrow()))
            .s3PrefixListId(net.placement().applyValue(one -> one.s3PrefixListId().orElseThrow()))
            .build();
    }

    private static DomainArgs domain(String name) {
        return DomainArgs.builder().name(name + ".example.com").zoneName("example.com").build();
    }
}
