/**
 * The response to one request, hop by hop, with the checks in the same order as on AWS.
 * CloudFront's are in `answerEdge.ts`, the load balancer's and the task's in
 * `answerLoadBalancer.ts`.
 */
import { answerAtEdge } from "./answerEdge";
import { answerAtLoadBalancer } from "./answerLoadBalancer";
import { showsCertificate } from "./clientCertificates";
import { callerOf } from "./securityGroups";
import type { PathAnswer, PathRequest, PathSpec } from "./types";

/**
 * Says how a request is answered, and by which hop. Pure: the table of `protocols.ts`, and who is
 * admitted where.
 *
 * A request without TLS goes to port 80 if there is a redirect, otherwise to the path's own port.
 * `travelled` ends at the task: the connection to an app behind nginx is not part of it.
 */
export function answer(spec: PathSpec, request: PathRequest): PathAnswer {
  if (spec.edge !== undefined && request.entry === "front")
    return answerAtEdge(spec, spec.edge, request);
  return answerAtLoadBalancer(spec, {
    ...request,
    caller: callerOf(request.from),
    secretHeader: request.secretHeader ?? false,
    signedIn: request.signedIn ?? false,
    clientCertificate: showsCertificate(request),
    meant: request.meant ?? false,
    travelled: [],
  });
}
