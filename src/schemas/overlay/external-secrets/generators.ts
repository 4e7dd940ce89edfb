import {
  between,
  type Conditions,
  exactlyOne,
  exactlyOneBut,
  type Fields,
  like,
  list,
  one,
} from "#schemas/overlay.ts";
import {
  beyondtrustWorkloadCredentials,
  vault,
  vaultDefaults,
  workloadIdentityFederation,
} from "./stores.ts";

const api = "generators.external-secrets.io/v1alpha1";
const store = "external-secrets.io/v1/SecretStore";
const key = like(store, "/spec/provider/aws/auth/secretRef/accessKeyIDSecretRef");
const account = like(store, "/spec/provider/aws/auth/jwt/serviceAccountRef");

const scopes = one(
  "read_repository",
  "read_registry",
  "write_registry",
  "read_package_registry",
  "write_package_registry",
  "read_virtual_registry",
  "write_virtual_registry",
);

/** Generators the packages do not know, by the kind and by the field of a ClusterGenerator. */
const specs = {
  BeyondtrustWorkloadCredentialsDynamicSecret: {
    controller: "string",
    "provider!": beyondtrustWorkloadCredentials,
    retrySettings: { maxRetries: "integer", retryInterval: "string" },
  },
  CloudsmithAccessToken: {
    apiUrl: "string",
    "orgSlug!": "string",
    "serviceSlug!": "string",
    "serviceAccountRef!": account,
  },
  GitlabDeployToken: {
    url: "string",
    projectID: "string",
    groupID: "string",
    "name!": "string",
    "scopes!": list(scopes, 1),
    expiresAt: "string",
    username: "string",
    "auth!": { "token!": { "secretRef!": key } },
  },
  MFA: { "secret!": key, length: "integer", timePeriod: "integer", algorithm: "string", when: "string" },
  SSHKey: { keyType: one("rsa", "ecdsa", "ed25519"), keySize: between(256, 8192), comment: "string" },
} satisfies Record<string, Fields>;

const fieldOf: Record<keyof typeof specs, string> = {
  BeyondtrustWorkloadCredentialsDynamicSecret: "beyondtrustWorkloadCredentialsDynamicSecretSpec",
  CloudsmithAccessToken: "cloudsmithAccessTokenSpec",
  GitlabDeployToken: "gitlabDeployTokenSpec",
  MFA: "mfaSpec",
  SSHKey: "sshKeySpec",
};
const names = Object.keys(specs) as (keyof typeof specs)[];

/** What a reference to a generator may name. */
export const generatorRef: Fields = { kind: one(...names) };

const vaultSecret: Fields = {
  getParameters: { "*": ["string"] },
  provider: { ...vault, version: one("v1", "v2"), caProvider: { type: one("Secret", "ConfigMap") } },
};
const password: Fields = {
  secretKeys: list("string", 1),
  encoding: one("base64", "base64url", "base32", "hex", "raw"),
};
const grafana: Fields = { serviceAccount: { secondsToLive: between(1, null) } };
const gcr: Fields = { auth: { workloadIdentityFederation } };
const environmentType = one("AzureStackCloud");

export const generatorKinds: Record<string, Fields> = Object.fromEntries(
  names.map((name) => [`${api}/${name}`, { "spec!": specs[name] }]),
);

export const generators: Record<string, Fields> = {
  [`${api}/ACRAccessToken`]: { spec: { environmentType } },
  [`${api}/GCRAccessToken`]: { spec: gcr },
  [`${api}/Grafana`]: { spec: grafana },
  [`${api}/Password`]: { spec: password },
  [`${api}/VaultDynamicSecret`]: { spec: vaultSecret },
  [`${api}/ClusterGenerator`]: {
    spec: {
      kind: one(...names),
      generator: {
        acrAccessTokenSpec: { environmentType },
        gcrAccessTokenSpec: gcr,
        grafanaSpec: grafana,
        passwordSpec: password,
        vaultDynamicSecretSpec: vaultSecret,
        ...Object.fromEntries(names.map((name) => [fieldOf[name], specs[name]])),
      },
    },
  },
};

export const generatorConditions: Record<string, Conditions> = {
  [`${api}/ClusterGenerator`]: {
    "/spec/generator": [exactlyOneBut()],
    "/spec/generator/gitlabDeployTokenSpec": [exactlyOne("projectID", "groupID")],
  },
  [`${api}/GitlabDeployToken`]: { "/spec": [exactlyOne("projectID", "groupID")] },
};

const passwordDefaults = ["/length", "/noUpper", "/allowRepeat"];

/** Each has a default, which the API server fills in before it looks at what is required. */
export const generatorOptional: Record<string, readonly string[]> = {
  [`${api}/Password`]: passwordDefaults.map((path) => `/spec${path}`),
  [`${api}/VaultDynamicSecret`]: vaultDefaults.map((path) => `/spec/provider${path}`),
  [`${api}/ClusterGenerator`]: [
    ...passwordDefaults.map((path) => `/spec/generator/passwordSpec${path}`),
    ...vaultDefaults.map((path) => `/spec/generator/vaultDynamicSecretSpec/provider${path}`),
  ],
};
