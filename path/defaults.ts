/**
 * Every default, once. The stack's settings and the components' arguments both read them here.
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
    scaling: {
      /** Percent, where nothing else is tracked; the rest takes more requests until new tasks have started. */
      cpuPercent: 60,
      /** Seconds; AWS's own defaults for ECS services. */
      scaleInCooldown: 300,
      scaleOutCooldown: 300,
      timezone: "UTC",
    },
    spot: {
      /** Tasks that are always on demand. */
      base: 1,
    },
    healthCheckPath: "/healthz",
    /** Days that the containers' logs are kept. */
    logRetentionDays: 30,
    /** MiB that each container may write to its /tmp, out of the task's memory. */
    tmpMiB: 64,
    /** The checks of an app behind nginx, by the load balancer and by its container's own command. */
    appHealthCheck: {
      /** Every app that speaks HTTP answers something there. */
      path: "/",
      /** Seconds. */
      interval: 10,
      timeout: 5,
      /** Checks in a row. */
      healthyThreshold: 2,
      unhealthyThreshold: 3,
      /** Seconds after its start in which nothing is concluded from a failed check. */
      startPeriod: 60,
    },
    /** The check of a sidecar, by its own command; AWS's own defaults. */
    sidecarHealthCheck: {
      /** Seconds. */
      interval: 30,
      timeout: 5,
      /** Failed checks in a row. */
      retries: 3,
      /** Seconds. */
      startPeriod: 0,
    },
    appReadOnlyRoot: true,
    appBehindNginx: true,
    /** What an app speaks where the load balancer calls it. */
    appProtocols: ["http1"],
    /** The stack deploys. */
    ignoreTaskDefinitionChanges: false,
    deployment: {
      /** New tasks replace old ones in one target group. */
      strategy: "rolling",
      /** Minutes for which the old tasks run on, so that going back takes seconds. */
      bakeMinutes: 10,
      /** Percent; ECS's own default. */
      canaryPercent: 5,
      /** Percent; ECS's own default. */
      stepPercent: 10,
      /** Minutes; ECS's own default for a canary. */
      stepMinutes: 10,
      secondGroup: false,
      rollback: {
        /** Percent of the requests, the same as of `alarms.thresholds.edge5xxPercent`. */
        errorPercent: 5,
        /** A minute: single errors among few requests are no failed deployment. */
        errors: 5,
      },
      hooks: [],
    },
    exec: {
      /** Off: anyone who may run commands is root in the containers. */
      enabled: false,
    },
    /** UID of the app container; its file system is read-only except for /tmp. */
    appUser: "1000",
  },
  /** Numbers of listener rules; those of a path itself come last. */
  rulePriorities: { from: 1000, to: 49_000 },
  grpc: {
    /** The health check of https://grpc.io/docs/guides/health-checking/ */
    healthCheckPath: "/grpc.health.v1.Health/Check",
  },
  origin: {
    access: "prefix-list",
    protocol: "http",
    /** What CloudFront speaks unless it is asked for HTTP/2. */
    httpVersion: "http1.1",
    secret: {
      /** Version of the secret header's value that CloudFront sends. */
      send: 1,
      /** Versions that the load balancer forwards; two of them while the value is rotated. */
      accept: [1],
    },
    timeouts: {
      /** Seconds that the load balancer keeps an idle connection, to clients and to tasks. */
      idle: 60,
      /** Seconds that CloudFront waits for a response. */
      read: 30,
      /** Seconds that CloudFront keeps an idle connection to the load balancer; below `idle`. */
      keepAlive: 5,
      /** Seconds in which a stopping task may finish its requests. */
      drain: 30,
    },
  },
  domain: { canonical: false, dns: "route53", validated: false },
  /** Seconds for which an error is cached; AWS's own default. */
  errorPageCacheSeconds: 10,
  /** Where viewers are asked for certificates. */
  clientCertificates: {
    mode: "required",
    ignoreExpiry: false,
    /** AWS's own default. */
    advertiseCaNames: false,
  },
  viewers: {
    /** The internet, on purpose: without CloudFront, viewers call the load balancer. */
    allowedCidrs: ["0.0.0.0/0"],
    minimumTls: "1.2",
    httpVersions: "http2and3",
    /** A listener on port 80 that redirects to HTTPS. */
    redirectHttp: false,
    maintenance: {
      enabled: false,
      text: "We are down for maintenance. Please try again in a few minutes.",
      /** Seconds. */
      retryAfter: 300,
      allowedCidrs: [],
    },
    redirects: {},
  },
  waf: {
    /** Off, because a web ACL costs money. */
    enabled: false,
    mode: "block",
    managedGroups: ["common", "known-bad-inputs", "ip-reputation"],
    rateLimit: {
      enabled: true,
      /**
       * Requests of one address within the window: about seven a second, enough for a busy page.
       */
      requests: 2000,
      /** AWS's own default. */
      windowSeconds: 300,
    },
    allowCidrs: [],
    blockCidrs: [],
    overrides: {},
    /** Capacity units in the base price. */
    capacityBudget: 1500,
    /** KiB; AWS's own default at CloudFront. */
    inspectedBodyKiB: 16,
    logging: true,
    /** Days that the web ACL's logs are kept. */
    logRetentionDays: 30,
  },
  site: {
    /** The site answers, and its `paths` go to the service. */
    byDefault: "site",
    /** A bucket with files in it is not deleted. A stack's own default follows `deletionProtection`. */
    forceDestroy: false,
  },
  logs: {
    /**
     * The load balancer's three logs, CloudFront's and the VPC's. Off, because they cost storage.
     */
    access: false,
    connections: false,
    healthChecks: false,
    edge: "off",
    edgeFormat: "w3c",
    flow: "off",
    /** Days that logs are kept. */
    retentionDays: 90,
    /** A bucket with logs in it is not deleted. A stack's own default follows `deletionProtection`. */
    forceDestroy: false,
    /** Off: tables and saved queries cost nothing, but few people need them. */
    queries: false,
  },
  alarms: {
    /** Off, because alarms and the key of their topic cost money. */
    enabled: false,
    /** Every alarm is wanted. */
    without: [],
    thresholds: {
      /** Responses a minute; scanners at an open load balancer usually stay below this. */
      loadBalancer4xx: 10,
      loadBalancer5xx: 5,
      target5xx: 10,
      /** Tasks. */
      unhealthyTargets: 1,
      /** Percent of what the tasks have reserved; little is left for a burst then. */
      cpuPercent: 85,
      memoryPercent: 85,
      /** Milliseconds until 99 of 100 answers have begun; people notice one second. */
      targetP99: 2000,
      /** Percent of all viewers' requests. */
      edge5xxPercent: 5,
      /** Requests a minute; scanners usually stay below this. */
      wafBlocked: 500,
      /** Days; ACM's own first warning is at the same time. */
      certificateDays: 30,
    },
  },
  dashboard: {
    /** Off, because a dashboard costs money beyond the first three of an account. */
    enabled: false,
    /** Off: CloudFront's additional metrics cost money by the metric. */
    additionalMetrics: false,
  },
  detection: {
    /** Off, because both monitor a whole account and are paid by use. */
    guardDuty: false,
    inspector: false,
  },
  deletionProtection: false,
} as const;

/** nginx closes an idle connection this many seconds later than the load balancer. */
export const keepAliveMarginSeconds = 15;
