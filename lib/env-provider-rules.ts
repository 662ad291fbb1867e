import { variableOf, type Said } from "./env-provider-names";
import { standardName } from "./env-provider-fields";
import type { Fault } from "./env-rules";

const credentials = ["CLIENT_ID", "CLIENT_SECRET", "PRIVATE_KEY"];

/** What does not go together in what is said of one provider. `values` hold the preset's too. */
export function consistencyFaults({ id, listed, values }: Said): Fault[] {
  const variable = (field: string) => variableOf(id, field);
  const fault = (field: string, message: string): Fault => ({ name: variable(field), message });
  const { ISSUER, CLIENT_ID, CLIENT_SECRET, PRIVATE_KEY, TOKEN_AUTH_METHOD: method } = values;
  if (ISSUER === undefined) {
    if (listed) return [fault("ISSUER", `is needed: OIDC_PROVIDERS lists ${id}`)];
    return credentials
      .filter((field) => values[field] !== undefined)
      .map((field) => fault(field, `has no effect without ${variable("ISSUER")}: set that too`));
  }
  const faults: Fault[] = [];
  const beside = `is needed beside ${variable("ISSUER")}`;
  if (CLIENT_ID === undefined) faults.push(fault("CLIENT_ID", beside));
  if (CLIENT_SECRET === undefined && PRIVATE_KEY === undefined)
    faults.push(fault("CLIENT_SECRET", `${beside}, or ${variable("PRIVATE_KEY")} instead`));
  const hmac = values["ID_TOKEN_ALG"]?.startsWith("HS") === true;
  if (CLIENT_SECRET !== undefined && PRIVATE_KEY !== undefined && !hmac)
    faults.push(
      fault("CLIENT_SECRET", `is not used beside ${variable("PRIVATE_KEY")}: take one of the two out`),
    );
  if (hmac && CLIENT_SECRET === undefined)
    faults.push(fault("ID_TOKEN_ALG", `needs ${variable("CLIENT_SECRET")}, with which it is verified`));
  if (method === "private_key_jwt" && PRIVATE_KEY === undefined)
    faults.push(fault("TOKEN_AUTH_METHOD", `needs ${variable("PRIVATE_KEY")}`));
  if (method?.startsWith("client_secret") === true && PRIVATE_KEY !== undefined)
    faults.push(
      fault("TOKEN_AUTH_METHOD", `must be private_key_jwt or left out beside ${variable("PRIVATE_KEY")}`),
    );
  return faults;
}

/** What does not go together in two providers. */
export function rivalFaults(providers: readonly Said[]): Fault[] {
  return providers.flatMap((later, at) =>
    providers.slice(0, at).flatMap((earlier) => pairFaults(earlier, later)),
  );
}

function pairFaults(earlier: Said, later: Said): Fault[] {
  const fault = (field: string, message: (other: string) => string): Fault => ({
    name: variableOf(later.id, field),
    message: message(variableOf(earlier.id, field)),
  });
  const same = (field: string) =>
    later.values[field] !== undefined && later.values[field] === earlier.values[field];
  const faults: Fault[] = [];
  if (same("ISSUER") && same("CLIENT_ID"))
    faults.push(
      fault("CLIENT_ID", (other) => `is the same client at the same issuer as ${other}: list that one alone`),
    );
  if ((later.values["NAME"] ?? standardName) === (earlier.values["NAME"] ?? standardName))
    faults.push(
      fault("NAME", (other) => `says the same as ${other}: people could not tell the buttons apart`),
    );
  // An assertion for the one would be good at the other (draft-ietf-oauth-rfc7523bis section 1).
  const mayBeReplayed = [earlier, later].some(
    ({ values }) => values["ASSERTION_AUDIENCE"] === "token_endpoint",
  );
  if (same("PRIVATE_KEY") && mayBeReplayed)
    faults.push(
      fault(
        "PRIVATE_KEY",
        (other) => `is the key of ${other}: with token_endpoint as audience each needs its own`,
      ),
    );
  return faults;
}
