/** The trust policy of a role that a service of AWS, such as `ecs.amazonaws.com`, assumes. */
export const trustOf = (service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
