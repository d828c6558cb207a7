/**
 * TLS policies of listeners.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const tls13 = [
  "1-3-2021-06",
  "1-2-2021-06",
  "1-2-Res-2021-06",
  "1-2-Ext1-2021-06",
  "1-2-Ext2-2021-06",
  "1-1-2021-06",
  "1-0-2021-06",
  "1-3-PQ-2025-09",
  "1-2-PQ-2025-09",
  "1-2-Res-PQ-2025-09",
  "1-2-Ext1-PQ-2025-09",
  "1-2-Ext2-PQ-2025-09",
  "1-0-PQ-2025-09",
  "1-3-FIPS-2023-04",
  "1-2-FIPS-2023-04",
  "1-2-Res-FIPS-2023-04",
  "1-2-Ext0-FIPS-2023-04",
  "1-2-Ext1-FIPS-2023-04",
  "1-2-Ext2-FIPS-2023-04",
  "1-1-FIPS-2023-04",
  "1-0-FIPS-2023-04",
  "1-3-FIPS-PQ-2025-09",
  "1-2-FIPS-PQ-2025-09",
  "1-2-Res-FIPS-PQ-2025-09",
  "1-2-Ext0-FIPS-PQ-2025-09",
  "1-2-Ext1-FIPS-PQ-2025-09",
  "1-2-Ext2-FIPS-PQ-2025-09",
  "1-0-FIPS-PQ-2025-09",
  "1-2-RFC9151-INTEROP4-FIPS-2023-07",
].map((name) => `ELBSecurityPolicy-TLS13-${name}`);

const older = [
  "ELBSecurityPolicy-2016-08",
  "ELBSecurityPolicy-TLS-1-2-2017-01",
  "ELBSecurityPolicy-TLS-1-2-Ext-2018-06",
  "ELBSecurityPolicy-TLS-1-1-2017-01",
  "ELBSecurityPolicy-2015-05",
  "ELBSecurityPolicy-FS-2018-06",
  "ELBSecurityPolicy-FS-1-1-2019-08",
  "ELBSecurityPolicy-FS-1-2-2019-08",
  "ELBSecurityPolicy-FS-1-2-Res-2019-08",
  "ELBSecurityPolicy-FS-1-2-Res-2020-10",
];

export const sslPolicies: readonly string[] = [...tls13, ...older];
