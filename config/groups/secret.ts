/** Versions of the secret header that a load balancer may accept at a time. */
export const maximumAccepted = 3;
