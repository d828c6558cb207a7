/** aws.kms.Key */
import { Props } from "../types";
import { arn, regionOfArn, uuid } from "../ids";
import {
  documentOf,
  coversAction,
  principalsOf,
  statementsOf,
} from "../../../topology/policyDocument";
import { booleanAt, numberAt, textAt } from "../props";
import { ResourceModel } from "../row";
import { json, oneOf, range, when } from "../rules";
import { token } from "../../../topology/tokens";

const api = "https://docs.aws.amazon.com/kms/latest/APIReference";
const policyPage = "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html";

/** A key that nobody may change any more is refused. */
function locksOut(inputs: Props): boolean {
  if (textAt(inputs, "policy") === undefined) return false;
  if (booleanAt(inputs, "bypassPolicyLockoutSafetyCheck") === true) return false;
  return !statementsOf(documentOf(inputs)).some(
    (statement) =>
      statement.Effect === "Allow" &&
      principalsOf(statement, "AWS").length > 0 &&
      coversAction(statement, "kms:PutKeyPolicy"),
  );
}

export const kmsKey: ResourceModel = {
  type: token.kmsKey,
  defaults: () => ({
    enableKeyRotation: false,
    isEnabled: true,
    keyUsage: "ENCRYPT_DECRYPT",
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    multiRegion: false,
  }),
  rules: [
    json("policy", { code: "MalformedPolicyDocumentException", source: policyPage }),
    when(locksOut, "policy", {
      code: "MalformedPolicyDocumentException",
      say: "The new key policy will not allow you to update the key policy in the future.",
      source: policyPage,
    }),
    range("deletionWindowInDays", 7, 30, {
      code: "ValidationException",
      source: `${api}/API_ScheduleKeyDeletion.html`,
    }),
    range("rotationPeriodInDays", 90, 2560, {
      code: "ValidationException",
      source: `${api}/API_EnableKeyRotation.html`,
    }),
    oneOf("keyUsage", ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"], {
      code: "ValidationException",
      source: `${api}/API_CreateKey.html`,
    }),
    when(
      (inputs) =>
        booleanAt(inputs, "enableKeyRotation") === true &&
        (textAt(inputs, "customerMasterKeySpec") ?? "SYMMETRIC_DEFAULT") !== "SYMMETRIC_DEFAULT",
      "enableKeyRotation",
      {
        code: "UnsupportedOperationException",
        say: "Only symmetric encryption keys rotate by themselves.",
        source: `${api}/API_EnableKeyRotation.html`,
      },
    ),
    when(
      (inputs) =>
        numberAt(inputs, "rotationPeriodInDays") !== undefined &&
        booleanAt(inputs, "enableKeyRotation") === false,
      "rotationPeriodInDays",
      {
        code: "ValidationException",
        say: "A rotation period needs enableKeyRotation.",
        source: `${api}/API_EnableKeyRotation.html`,
      },
    ),
  ],
  replaceOn: ["keyUsage", "customerMasterKeySpec", "multiRegion", "customKeyStoreId", "region"],
  outputs: (candidate, account) => {
    const id = uuid(candidate.hex(32));
    return { id, keyId: id, arn: arn("kms", candidate.region, account.accountId, `key/${id}`) };
  },
  outside: {
    id: /^(arn:aws[\w-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)\/[\w/-]+|alias\/[\w/-]+|(mrk-)?[0-9a-f-]{32,36})$/,
    outputs: (id) => ({ keyId: id, region: regionOfArn(id) }),
  },
};
