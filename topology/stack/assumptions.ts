/** What a program does not say about its resources, and is assumed. In words. */
import { blocks, text } from "../props";
import { token } from "../tokens";
import { directContainers } from "./direct";
import type { Stack } from "./stack";
import { whereKnown } from "./unknown";

/** Assumptions about resources, whichever path they are on. */
export function assumptionsOf(stack: Stack): string[] {
  return [...validatedElsewhere(stack), ...groupsElsewhere(stack)];
}

/** Services without a load balancer whose security groups are not the program's. */
function groupsElsewhere(stack: Stack): string[] {
  return stack.of(token.service).flatMap((service) => {
    const [direct] = whereKnown(() => directContainers(stack, service));
    return direct?.isPublic === true && direct.admitted === undefined
      ? [
          `The security group of the service ${service.name} is not one of the program's: who may call its containers is not known.`,
        ]
      : [];
  });
}

/** Certificates that the program waits for, but whose validation records it does not make. */
function validatedElsewhere(stack: Stack): string[] {
  const made = stack
    .of(token.record)
    .flatMap(({ known }) => [text(known, "fqdn"), text(known, "name")])
    .flatMap((name) => (name === undefined ? [] : [dnsName(name)]));
  return stack.of(token.certificateValidation).flatMap(({ known }) => {
    const certificate = stack.find(token.certificate, text(known, "certificateArn"));
    if (certificate === undefined) return [];
    const missing = blocks(certificate.known, "domainValidationOptions")
      .filter((option) => !made.includes(dnsName(text(option, "resourceRecordName") ?? "")))
      .flatMap((option) => text(option, "domainName") ?? []);
    // The records' own names are made by AWS when it makes the certificate.
    const names = [...new Set(missing)];
    if (names.length === 0) return [];
    return [
      `Another DNS provider has the records that validate the certificate ${certificate.name} for ${names.join(", ")}: without them AWS never issues it.`,
    ];
  });
}

/** As names are compared: lower case, without the closing dot. */
const dnsName = (name: string): string => name.toLowerCase().replace(/\.$/, "");
