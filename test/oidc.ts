/** A provider of OpenID Connect, as settings and arguments name it. */
export const oidc = {
  issuer: "https://id.example.com/",
  authorizationEndpoint: "https://id.example.com/authorize",
  tokenEndpoint: "https://id.example.com/token",
  userInfoEndpoint: "https://id.example.com/userinfo",
  clientId: "shop",
  clientSecret: "hush",
};
