/** Who may call, with what, and what they get before a service answers. */
import * as z from "zod";
import { errorPageCodes } from "../../path/cloudfront";
import { defaults } from "../../path/defaults";
import { countryCode, exactPath, redirectTarget } from "../../path/front";
import { abouts } from "../about";
import { cidrs } from "../addresses";
import {
  booleanValue,
  enumValue,
  integerValue,
  patternValue,
  relativePath,
  shapes,
  textValue,
  withLeadingSlash,
} from "../values";

const atEdge = "without CloudFront viewers call the load balancer, which does not have this";

const file = (example: string) =>
  patternValue(relativePath, {
    values: "file",
    allowed: "a file, from the program's own folder",
    example,
  });

const maintenance = z.strictObject({
  enabled: booleanValue().default(defaults.viewers.maintenance.enabled).register(abouts, {
    means:
      "Answer every request with 503 and a page, without the service ([docs/front.md](front.md#maintenance))",
  }),
  text: textValue({ values: "text", allowed: "text" }, () => undefined)
    .default(defaults.viewers.maintenance.text)
    .register(abouts, { means: "What the page says" }),
  page: file("maintenance.html").optional().register(abouts, {
    means: "File with the page, in place of the text; .html for HTML",
  }),
  retryAfter: integerValue(1, 86_400)
    .default(defaults.viewers.maintenance.retryAfter)
    .register(abouts, {
      means: "Seconds after which clients may try again, as Retry-After",
      because: "a load balancer cannot send that header",
    }),
  allowedCidrs: cidrs()
    .default([...defaults.viewers.maintenance.allowedCidrs])
    .register(abouts, { means: "Address ranges that get the real responses during maintenance" }),
});

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_GeoRestriction.html */
const countryList = () =>
  z
    .array(
      patternValue(countryCode, {
        values: "country code",
        allowed: "two capital letters of ISO 3166-1",
        example: "DE",
        near: (value) =>
          typeof value === "string" && /^[a-z]{2}$/i.test(value) ? value.toUpperCase() : undefined,
      }),
    )
    .min(1)
    .optional();

const byCountry = { because: "without CloudFront a web ACL does it, with a geo match rule" };

const countries = z.strictObject({
  allow: countryList().register(abouts, {
    means: "The only countries whose viewers are admitted; all others get 403",
    ...byCountry,
  }),
  deny: countryList().register(abouts, { means: "Countries whose viewers get 403", ...byCountry }),
});

const password = z.strictObject({
  user: patternValue(/^[^:\s]{1,64}$/, {
    values: "name",
    allowed: "a name without spaces and colons",
    example: "staging",
  }).register(abouts, {
    means: "User name that browsers ask for ([docs/front.md](front.md#a-password))",
    because: atEdge,
  }),
  value: patternValue(/^[\x21-\x7e]{16,128}$/, {
    values: "password",
    allowed: "16 to 128 characters of ASCII without spaces",
  }).register(abouts, {
    example: "correct-horse-battery",
    means: "The password: a long random text, set with `pulumi config set --secret --path`",
    because: atEdge,
  }),
});

const errorPages = z.strictObject({
  pages: z
    .record(
      patternValue(new RegExp(`^(?:${errorPageCodes.join("|")})$`), {
        values: "status",
        allowed: `a status for which CloudFront has pages: ${errorPageCodes.join(", ")}`,
      }),
      file("404.html"),
    )
    .register(shapes, {
      type: "object",
      values: "status: file",
      allowed: "statuses, each with the file of its page",
      example: '{ "404": 404.html }',
    })
    .register(abouts, {
      means:
        "Pages for errors, of the site or of `viewers.errorPages.folder` ([docs/front.md](front.md#error-pages))",
      because: atEdge,
    }),
  folder: patternValue(relativePath, {
    values: "folder",
    allowed: "a folder with the pages, from the program's own folder",
    example: "errors",
  })
    .optional()
    .register(abouts, {
      means:
        "Folder with the pages, for a bucket of their own. Default: they are files of the site",
      because: atEdge,
    }),
  cacheSeconds: integerValue(0, 31_536_000)
    .default(defaults.errorPageCacheSeconds)
    .register(abouts, {
      means: "Seconds for which CloudFront does not ask the origin again after an error",
      because: atEdge,
    }),
});

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html */
const clientCertificates = z.strictObject({
  mode: enumValue(["required", "optional", "passthrough"], {
    synonyms: { required: ["verify", "on", "true"], passthrough: ["pass-through"] },
  })
    .default(defaults.clientCertificates.mode)
    .register(abouts, {
      means:
        "`required`: viewers show a trusted certificate; `optional`, at CloudFront: if they show one, it is trusted; `passthrough`, at a load balancer: nothing is verified ([docs/client-certificates.md](client-certificates.md))",
    }),
  caFile: file("client-ca.pem").optional().register(abouts, {
    means: "PEM file with the certificates of the CAs that are trusted, for a trust store",
  }),
  crlFiles: z.array(file("revoked.pem")).min(1).optional().register(abouts, {
    means:
      "PEM files with a revocation list of these CAs each, at a load balancer with `caFile`: revoked certificates are refused",
  }),
  trustStore: patternValue(/^(?:arn:\S+:truststore\/\S+|ts_\S+)$/, {
    values: "ARN or id",
    allowed: "the ARN of a load balancer's trust store, or the id of CloudFront's",
    example: "ts_12abcXYZ",
  })
    .optional()
    .register(abouts, {
      means:
        "An existing trust store, in place of a file: a load balancer's ARN, or CloudFront's id",
    }),
  ignoreExpiry: booleanValue()
    .default(defaults.clientCertificates.ignoreExpiry)
    .register(abouts, { means: "Accept certificates that have expired" }),
  advertiseCaNames: booleanValue()
    .default(defaults.clientCertificates.advertiseCaNames)
    .register(abouts, {
      means: "Send viewers the names of the CAs, so that they find the right certificate",
    }),
});

const path = () =>
  patternValue(exactPath, {
    values: "path",
    allowed: "a path without wildcards",
    example: "/old",
    near: (value) => withLeadingSlash(value, exactPath),
  });
const target = () =>
  patternValue(redirectTarget, {
    values: "path or address",
    allowed: "a path, or an https:// address, without ? and #",
    example: "/new",
  });

/** `hopwise:viewers`: who may call, and what they get first. */
export const viewers = z.strictObject({
  allowedCidrs: cidrs()
    .min(1)
    .default([...defaults.viewers.allowedCidrs])
    .register(abouts, {
      means:
        "Address ranges that may call; the default is everybody. Behind CloudFront all others get 403, else the load balancer does not accept their connections",
    }),
  minimumTls: enumValue(["1.2", "1.3"], {
    synonyms: {
      "1.2": ["1", "1.0", "1.1", "tls1.1", "tlsv1.1", "tls1.2", "tlsv1.2", "TLSv1.2_2021"],
      "1.3": ["tls1.3", "tlsv1.3", "TLSv1.3_2025"],
    },
  })
    .default(defaults.viewers.minimumTls)
    .register(abouts, {
      means: "Oldest TLS version for viewers. CloudFront's own certificate leaves no choice",
    }),
  httpVersions: enumValue(["http1.1", "http2", "http3", "http2and3"], {
    synonyms: {
      "http1.1": ["1", "1.1", "h1", "http/1.1"],
      http2: ["2", "h2", "http/2"],
      http3: ["3", "h3", "http/3", "quic"],
      http2and3: ["all", "h2h3", "2and3"],
    },
  })
    .default(defaults.viewers.httpVersions)
    .register(abouts, {
      means: "HTTP versions CloudFront offers to viewers; HTTP/1.1 always is",
    }),
  maintenance: maintenance.prefault({}),
  countries: countries.optional(),
  password: password.optional(),
  errorPages: errorPages.optional(),
  clientCertificates: clientCertificates.optional(),
  redirects: z
    .record(path(), target())
    .register(shapes, {
      type: "object",
      values: "path: path or address",
      allowed: "paths, each with the path or https:// address that it leads to",
      example: "{ /old: /new }",
    })
    .default({ ...defaults.viewers.redirects })
    .register(abouts, {
      means: "Paths that are redirected with 301, each with a path or an https:// address",
      because: atEdge,
    }),
  redirectHttp: booleanValue().default(defaults.viewers.redirectHttp).register(abouts, {
    means: "A listener on port 80 that redirects to HTTPS",
  }),
});
