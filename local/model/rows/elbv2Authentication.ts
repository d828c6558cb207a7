/** The authenticate actions of listeners and listener rules. */
import { endsRequest } from "../../../path/listenerRules";
import { isHttpsUrl } from "../../../path/signIn";
import { bagsAt, isKnown, numberAt, textAt, textsAt } from "../props";
import { InputRule, oneOf, range, when } from "../rules";
import { Props, Refusal } from "../types";

const page =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html";
const reference = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference";
const oidcPage = `${reference}/API_AuthenticateOidcActionConfig.html`;
const cognitoPage = `${reference}/API_AuthenticateCognitoActionConfig.html`;
const orderPage =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html";

const configs = [
  ["authenticate-oidc", "authenticateOidc", oidcPage],
  ["authenticate-cognito", "authenticateCognito", cognitoPage],
] as const;

const endpoints = ["issuer", "authorizationEndpoint", "tokenEndpoint", "userInfoEndpoint"];

/** Rules about authenticate actions, for `actions` and `defaultActions`. */
export const authenticationRules = (path: string): InputRule[] => [
  ...configs.flatMap(([type, config, source]) => [
    when(
      (inputs) => bagsAt(inputs, path).some((a) => textAt(a, "type") === type && !(config in a)),
      path,
      {
        code: "InvalidLoadBalancerAction",
        say: `An action of type '${type}' needs its configuration.`,
        source,
      },
    ),
    range(`${path}[].${config}.sessionTimeout`, 1, 604_800, { source }),
    oneOf(`${path}[].${config}.onUnauthenticatedRequest`, ["deny", "allow", "authenticate"], {
      source,
    }),
    when(
      (inputs) =>
        bagsAt(inputs, `${path}[].${config}.authenticationRequestExtraParams`).some(
          (parameters) => Object.keys(parameters).length > 10,
        ),
      `${path}[].${config}.authenticationRequestExtraParams`,
      { say: "At most 10 parameters can be added to the request.", source },
    ),
  ]),
  ...endpoints.map((endpoint) =>
    when(
      (inputs) =>
        textsAt(inputs, `${path}[].authenticateOidc.${endpoint}`).some((url) => !isHttpsUrl(url)),
      `${path}[].authenticateOidc.${endpoint}`,
      {
        code: "InvalidLoadBalancerAction",
        say: `The ${endpoint} must be a full URL with the protocol HTTPS.`,
        source: oidcPage,
      },
    ),
  ),
  when((inputs) => endsWithSignIn(inputs, path), path, {
    code: "InvalidLoadBalancerAction",
    say: "The last action to be performed must be a forward, redirect or fixed-response action.",
    source: orderPage,
  }),
];

/** True where an authenticate action is the last one by order. */
function endsWithSignIn(inputs: Props, path: string): boolean {
  const actions = bagsAt(inputs, path);
  if (actions.some((action) => !isKnown(action.type))) return false;
  const last = [...actions]
    .sort((a, b) => (numberAt(a, "order") ?? 0) - (numberAt(b, "order") ?? 0))
    .at(-1);
  const type = last && textAt(last, "type");
  return type !== undefined && configs.some(([one]) => one === type) && !endsRequest(type);
}

/** "The authenticate-cognito and authenticate-oidc action types are supported only with HTTPS listeners." */
export function refuseWithoutTls(
  inputs: Props,
  path: string,
  protocol: string | undefined,
): Refusal[] {
  if (protocol !== "HTTP") return [];
  return textsAt(inputs, `${path}[].type`)
    .filter((type) => configs.some(([one]) => one === type))
    .map((type) => ({
      code: "InvalidLoadBalancerAction",
      message: `Actions of type '${type}' are supported only with HTTPS listeners.`,
      property: path,
      source: page,
    }));
}
