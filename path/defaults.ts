/**
 * Every default, once. The stack's settings and the components' arguments both read them here, and
 * the README's tables are tested against them.
 */
export const defaults = {
  network: {
    /** IPv4 range of a created VPC. */
    cidr: "10.0.0.0/16",
    /** An ALB needs two. */
    availabilityZones: 2,
    /** How tasks reach the registry and the log service. */
    egress: "nat-single",
    ipAddressType: "ipv4",
  },
  service: {
    /** Port of nginx in the container; unprivileged, because the image runs as UID 101. */
    port: 8080,
    /** CPU units; 1024 is one vCPU. */
    cpu: 256,
    /** MiB. */
    memory: 512,
    architecture: "x86_64",
    /** Tasks. */
    count: 2,
    healthCheckPath: "/healthz",
    /** Days that the containers' logs are kept. */
    logRetentionDays: 30,
    /** UID of the app container; the file system of its image is read-only but for /tmp. */
    appUser: "1000",
  },
  origin: {
    access: "prefix-list",
    protocol: "http",
    secret: {
      /** Version of the secret header's value that CloudFront sends. */
      send: 1,
      /** Versions that the load balancer forwards; two of them while the value is rotated. */
      accept: [1],
    },
    timeouts: {
      /** Seconds the load balancer keeps an idle connection, to clients and to tasks. */
      idle: 60,
      /** Seconds CloudFront waits for an answer. */
      read: 30,
      /** Seconds CloudFront keeps an idle connection to the load balancer; under `idle`. */
      keepAlive: 5,
      /** Seconds a task that is being stopped may finish its requests. */
      drain: 30,
    },
  },
  viewers: {
    /** The internet, on purpose: a path without CloudFront is one whose viewers call the load balancer. */
    allowedCidrs: ["0.0.0.0/0"],
    minimumTls: "1.2",
    httpVersions: "http2and3",
    /** A listener on port 80 that redirects to HTTPS. */
    redirectHttp: false,
  },
  waf: {
    /** A web ACL costs money, so it is asked for. */
    enabled: false,
    mode: "block",
    managedGroups: ["common", "known-bad-inputs", "ip-reputation"],
    rateLimit: {
      enabled: true,
      /** Requests of one address within the window: some seven a second, a busy page's worth. */
      requests: 2000,
      /** AWS's own default. */
      windowSeconds: 300,
    },
    allowCidrs: [],
    blockCidrs: [],
    overrides: {},
    /** Capacity units in the base price. */
    capacityBudget: 1500,
    logging: true,
    /** Days that the web ACL's logs are kept. */
    logRetentionDays: 30,
  },
  site: {
    /** The site answers, and its `paths` go to the service. */
    byDefault: "site",
    /** A bucket with files in it is not deleted. */
    forceDestroy: false,
  },
  logs: {
    /** The load balancer's three logs; CloudFront's; the VPC's. All cost storage, so each is asked for. */
    access: false,
    connections: false,
    healthChecks: false,
    edge: "off",
    edgeFormat: "w3c",
    flow: "off",
    /** Days that logs are kept. */
    retentionDays: 90,
    /** A bucket with logs in it is not deleted. */
    forceDestroy: false,
    /** Tables and saved queries cost nothing, but hardly anybody needs them. */
    queries: false,
  },
  alarms: {
    /** Alarms, and the key of the topic they go to, cost money: they are asked for. */
    enabled: false,
    thresholds: {
      /** Answers a minute; what the internet throws at an open load balancer stays below it. */
      loadBalancer4xx: 10,
      loadBalancer5xx: 5,
      target5xx: 10,
      /** Tasks. */
      unhealthyTargets: 1,
      /** Days; ACM's own first warning about a certificate it issued. */
      certificateDays: 30,
    },
  },
  detection: {
    /** Both watch a whole account and cost by use: they are asked for. */
    guardDuty: false,
    inspector: false,
  },
  deletionProtection: false,
} as const;

/** nginx closes an idle connection this many seconds after the load balancer would have. */
export const keepAliveMarginSeconds = 15;
