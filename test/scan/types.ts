/** What each resource type is called elsewhere. A type that is not here fails the scan. */

export interface Counterparts {
  /** Resource type of Terraform's AWS provider. */
  readonly terraform: string;
  /** CloudFormation's type, or why there is none. */
  readonly cloudformation: `AWS::${string}` | { readonly none: string };
}

const elb = "AWS::ElasticLoadBalancingV2";

/** CloudFormation has it as a property of the resource it belongs to; the renderer folds it in. */
const folded = { none: "a property of the resource it belongs to" } as const;

const row = (terraform: string, cloudformation: Counterparts["cloudformation"]): Counterparts => ({
  terraform,
  cloudformation,
});

export const types: Readonly<Record<string, Counterparts>> = {
  "aws:acm/certificate:Certificate": row(
    "aws_acm_certificate",
    "AWS::CertificateManager::Certificate",
  ),
  "aws:acm/certificateValidation:CertificateValidation": row("aws_acm_certificate_validation", {
    none: "CloudFormation waits for a certificate automatically",
  }),
  "aws:budgets/budget:Budget": row("aws_budgets_budget", "AWS::Budgets::Budget"),
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": row(
    "aws_chatbot_slack_channel_configuration",
    "AWS::Chatbot::SlackChannelConfiguration",
  ),
  "aws:cloudfront/monitoringSubscription:MonitoringSubscription": row(
    "aws_cloudfront_monitoring_subscription",
    "AWS::CloudFront::MonitoringSubscription",
  ),
  "aws:cloudwatch/dashboard:Dashboard": row(
    "aws_cloudwatch_dashboard",
    "AWS::CloudWatch::Dashboard",
  ),
  "aws:cloudwatch/eventRule:EventRule": row("aws_cloudwatch_event_rule", "AWS::Events::Rule"),
  "aws:cloudwatch/eventTarget:EventTarget": row("aws_cloudwatch_event_target", {
    none: "a target is a property of AWS::Events::Rule",
  }),
  "aws:cloudfront/cachePolicy:CachePolicy": row(
    "aws_cloudfront_cache_policy",
    "AWS::CloudFront::CachePolicy",
  ),
  "aws:cloudfront/distribution:Distribution": row(
    "aws_cloudfront_distribution",
    "AWS::CloudFront::Distribution",
  ),
  "aws:cloudfront/function:Function": row("aws_cloudfront_function", "AWS::CloudFront::Function"),
  "aws:cloudfront/originAccessControl:OriginAccessControl": row(
    "aws_cloudfront_origin_access_control",
    "AWS::CloudFront::OriginAccessControl",
  ),
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": row(
    "aws_cloudfront_response_headers_policy",
    "AWS::CloudFront::ResponseHeadersPolicy",
  ),
  "aws:cloudfront/vpcOrigin:VpcOrigin": row(
    "aws_cloudfront_vpc_origin",
    "AWS::CloudFront::VpcOrigin",
  ),
  "aws:cloudwatch/logDelivery:LogDelivery": row(
    "aws_cloudwatch_log_delivery",
    "AWS::Logs::Delivery",
  ),
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": row(
    "aws_cloudwatch_log_delivery_destination",
    "AWS::Logs::DeliveryDestination",
  ),
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": row(
    "aws_cloudwatch_log_delivery_source",
    "AWS::Logs::DeliverySource",
  ),
  "aws:cloudwatch/logGroup:LogGroup": row("aws_cloudwatch_log_group", "AWS::Logs::LogGroup"),
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": row(
    "aws_cloudwatch_log_resource_policy",
    "AWS::Logs::ResourcePolicy",
  ),
  "aws:cloudwatch/metricAlarm:MetricAlarm": row(
    "aws_cloudwatch_metric_alarm",
    "AWS::CloudWatch::Alarm",
  ),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": row("aws_default_security_group", {
    none: "CloudFormation cannot change a VPC's default security group",
  }),
  "aws:ec2/eip:Eip": row("aws_eip", "AWS::EC2::EIP"),
  "aws:ec2/flowLog:FlowLog": row("aws_flow_log", "AWS::EC2::FlowLog"),
  "aws:ec2/internetGateway:InternetGateway": row(
    "aws_internet_gateway",
    "AWS::EC2::InternetGateway",
  ),
  "aws:ec2/natGateway:NatGateway": row("aws_nat_gateway", "AWS::EC2::NatGateway"),
  "aws:ec2/route:Route": row("aws_route", "AWS::EC2::Route"),
  "aws:ec2/routeTable:RouteTable": row("aws_route_table", "AWS::EC2::RouteTable"),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": row(
    "aws_route_table_association",
    "AWS::EC2::SubnetRouteTableAssociation",
  ),
  "aws:ec2/securityGroup:SecurityGroup": row("aws_security_group", "AWS::EC2::SecurityGroup"),
  "aws:ec2/subnet:Subnet": row("aws_subnet", "AWS::EC2::Subnet"),
  "aws:ec2/vpc:Vpc": row("aws_vpc", "AWS::EC2::VPC"),
  "aws:ec2/vpcEndpoint:VpcEndpoint": row("aws_vpc_endpoint", "AWS::EC2::VPCEndpoint"),
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": row("aws_ecr_lifecycle_policy", folded),
  "aws:ecr/repository:Repository": row("aws_ecr_repository", "AWS::ECR::Repository"),
  "aws:ecs/cluster:Cluster": row("aws_ecs_cluster", "AWS::ECS::Cluster"),
  "aws:ecs/service:Service": row("aws_ecs_service", "AWS::ECS::Service"),
  "aws:ecs/taskDefinition:TaskDefinition": row(
    "aws_ecs_task_definition",
    "AWS::ECS::TaskDefinition",
  ),
  "aws:guardduty/detector:Detector": row("aws_guardduty_detector", "AWS::GuardDuty::Detector"),
  "aws:guardduty/detectorFeature:DetectorFeature": row("aws_guardduty_detector_feature", folded),
  "aws:iam/role:Role": row("aws_iam_role", "AWS::IAM::Role"),
  "aws:iam/rolePolicy:RolePolicy": row("aws_iam_role_policy", "AWS::IAM::RolePolicy"),
  "aws:inspector2/enabler:Enabler": row("aws_inspector2_enabler", {
    none: "CloudFormation cannot switch Inspector on",
  }),
  "aws:kms/alias:Alias": row("aws_kms_alias", "AWS::KMS::Alias"),
  "aws:kms/key:Key": row("aws_kms_key", "AWS::KMS::Key"),
  "aws:lb/listener:Listener": row("aws_lb_listener", `${elb}::Listener`),
  "aws:lb/listenerRule:ListenerRule": row("aws_lb_listener_rule", `${elb}::ListenerRule`),
  "aws:lb/loadBalancer:LoadBalancer": row("aws_lb", `${elb}::LoadBalancer`),
  "aws:lb/targetGroup:TargetGroup": row("aws_lb_target_group", `${elb}::TargetGroup`),
  "aws:route53/record:Record": row("aws_route53_record", "AWS::Route53::RecordSet"),
  "aws:s3/bucket:Bucket": row("aws_s3_bucket", "AWS::S3::Bucket"),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": row(
    "aws_s3_bucket_lifecycle_configuration",
    folded,
  ),
  "aws:s3/bucketObjectv2:BucketObjectv2": row("aws_s3_object", {
    none: "CloudFormation uploads no files",
  }),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": row(
    "aws_s3_bucket_ownership_controls",
    folded,
  ),
  "aws:s3/bucketPolicy:BucketPolicy": row("aws_s3_bucket_policy", "AWS::S3::BucketPolicy"),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": row(
    "aws_s3_bucket_public_access_block",
    folded,
  ),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": row(
    "aws_s3_bucket_server_side_encryption_configuration",
    folded,
  ),
  "aws:s3/bucketVersioning:BucketVersioning": row("aws_s3_bucket_versioning", folded),
  "aws:secretsmanager/secret:Secret": row(
    "aws_secretsmanager_secret",
    "AWS::SecretsManager::Secret",
  ),
  "aws:secretsmanager/secretVersion:SecretVersion": row("aws_secretsmanager_secret_version", {
    none: "CloudFormation has a secret's value as its property, and a template is no place for one",
  }),
  "aws:sns/topic:Topic": row("aws_sns_topic", "AWS::SNS::Topic"),
  "aws:sns/topicPolicy:TopicPolicy": row("aws_sns_topic_policy", "AWS::SNS::TopicPolicy"),
  "aws:sns/topicSubscription:TopicSubscription": row(
    "aws_sns_topic_subscription",
    "AWS::SNS::Subscription",
  ),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": row(
    "aws_vpc_security_group_egress_rule",
    "AWS::EC2::SecurityGroupEgress",
  ),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": row(
    "aws_vpc_security_group_ingress_rule",
    "AWS::EC2::SecurityGroupIngress",
  ),
  "aws:wafv2/ipSet:IpSet": row("aws_wafv2_ip_set", "AWS::WAFv2::IPSet"),
  "aws:wafv2/webAcl:WebAcl": row("aws_wafv2_web_acl", "AWS::WAFv2::WebACL"),
  "aws:wafv2/webAclAssociation:WebAclAssociation": row(
    "aws_wafv2_web_acl_association",
    "AWS::WAFv2::WebACLAssociation",
  ),
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": row(
    "aws_wafv2_web_acl_logging_configuration",
    "AWS::WAFv2::LoggingConfiguration",
  ),
};
