import {
  atLeastOne,
  atMostOne,
  between,
  type Conditions,
  exactlyOne,
  exactlyOneBut,
  type Fields,
  like,
  one,
  pattern,
  when,
} from "#schemas/overlay.ts";

const store = "external-secrets.io/v1/SecretStore";
const key = like(store, "/spec/provider/aws/auth/secretRef/accessKeyIDSecretRef");
const account = like(store, "/spec/provider/aws/auth/jwt/serviceAccountRef");
const ca = {
  caBundle: "base64",
  caProvider: like(store, "/spec/provider/vault/caProvider"),
} satisfies Fields;
const valueOrKey = { value: "string", secretRef: key } satisfies Fields;

/** Workload identity of Google Cloud across clusters; generators have it too. */
export const workloadIdentityFederation: Fields = {
  credConfig: { "name!": "string", namespace: "string", "key!": "string" },
  serviceAccountRef: account,
  awsSecurityCredentials: {
    "region!": pattern("^[a-z0-9-]{1,50}$"),
    "awsCredentialsSecretRef!": { "name!": "string", namespace: "string" },
  },
  audience: "string",
  externalTokenEndpoint: "string",
  gcpServiceAccountEmail: pattern("^.*@.*\\.iam\\.gserviceaccount\\.com$"),
};

/** What the Vault provider gained; the generator of dynamic secrets has the same provider. */
export const vault: Fields = {
  auth: {
    cert: { path: "string", vaultRole: "string" },
    gcp: {
      path: "string",
      "role!": "string",
      projectID: "string",
      location: "string",
      secretRef: { secretAccessKeySecretRef: key },
      workloadIdentity: {
        "serviceAccountRef!": account,
        clusterLocation: "string",
        clusterName: "string",
        clusterProjectID: "string",
      },
      serviceAccountRef: account,
    },
  },
  checkAndSet: { required: "boolean" },
};

/** Mount paths have defaults, which the API server fills in before it looks at what is required. */
export const vaultDefaults = [
  "/auth/appRole/path",
  "/auth/jwt/path",
  "/auth/kubernetes/mountPath",
  "/auth/ldap/path",
  "/auth/userPass/path",
];

/** BeyondTrust Workload Credentials, as a store and as a generator. */
export const beyondtrustWorkloadCredentials: Fields = {
  "auth!": { apikey: { token: key } },
  "server!": { "apiUrl!": "string", "siteId!": "string" },
  folderPath: "string",
  ...ca,
};

const infisicalAuth: Fields = {
  azureAuthCredentials: { "identityId!": key, resource: key },
  gcpIdTokenAuthCredentials: { "identityId!": key },
  gcpIamAuthCredentials: { "identityId!": key, "serviceAccountKeyFilePath!": key },
  jwtAuthCredentials: { "identityId!": key, "jwt!": key },
  ldapAuthCredentials: { "identityId!": key, "ldapPassword!": key, "ldapUsername!": key },
  ociAuthCredentials: {
    "identityId!": key,
    "privateKey!": key,
    privateKeyPassphrase: key,
    "fingerprint!": key,
    "userId!": key,
    "tenancyId!": key,
    "region!": key,
  },
  kubernetesAuthCredentials: { "identityId!": key, serviceAccountTokenPath: key },
  awsAuthCredentials: { "identityId!": key },
  tokenAuthCredentials: { "accessToken!": key },
};

const openBao: Fields = {
  auth: {
    appRole: { path: "string", roleId: "string", roleRef: key, secretRef: key },
    namespace: "string",
    tokenSecretRef: key,
    userPass: { path: "string", username: "string", secretRef: key },
  },
  ...ca,
  namespace: "string",
  server: "string",
  path: "string",
  version: one("v1", "v2"),
};

/** Providers the packages do not know. */
const newProviders: Fields = {
  barbican: {
    authURL: "string",
    tenantName: "string",
    domainName: "string",
    region: "string",
    auth: { username: valueOrKey, password: { secretRef: key } },
  },
  beyondtrustworkloadcredentials: beyondtrustWorkloadCredentials,
  crd: {
    server: like(store, "/spec/provider/kubernetes/server"),
    auth: like(store, "/spec/provider/kubernetes/auth"),
    authRef: key,
    "resource!": { "group!": "string", "version!": "string", "kind!": "string" },
    whitelist: { rules: [{ name: "string", namespace: "string", properties: ["string"] }] },
  },
  dvls: {
    "serverUrl!": "string",
    vault: "string",
    insecure: "boolean",
    "auth!": { "secretRef!": { "appId!": key, "appSecret!": key } },
  },
  nebiusmysterybox: {
    apiDomain: "string",
    // Its newest way, workload identity, was not read; what it holds is left unchecked.
    auth: { serviceAccountCredsSecretRef: key, tokenSecretRef: key, workloadIdentity: "any" },
    caProvider: { certSecretRef: key },
  },
  ngrok: { apiUrl: "string", "auth!": { apiKey: { secretRef: key } }, "vault!": { "name!": "string" } },
  onepasswordSDK: {
    vault: "string",
    environment: "string",
    integrationInfo: { name: "string", version: "string" },
    auth: { serviceAccountSecretRef: key },
    cache: { ttl: "go-duration", maxSize: between(1, null) },
  },
  openBao,
  ovh: {
    "server!": "string",
    "okmsid!": "string",
    casRequired: "boolean",
    okmsTimeout: between(1, null),
    "auth!": {
      mtls: { "certSecretRef!": key, "keySecretRef!": key, ...ca },
      token: { "tokenSecretRef!": key },
    },
  },
  volcengine: {
    region: "string",
    auth: { secretRef: { accessKeyID: key, secretAccessKey: key, token: key } },
  },
};

const fetching: Fields = { byID: "object", byName: { folderID: "string" } };

/** Fields of providers the packages do know. */
const newFields: Fields = {
  akeyless: { ignoreCache: "boolean", authSecretRef: { serviceAccountRef: account } },
  aws: {
    service: one("CertificateManager"),
    sessionTagsPolicy: one("None", "Simple", "Custom"),
    customSessionTags: { "*": "string" },
  },
  azurekv: {
    environmentType: one("AzureStackCloud"),
    useAzureSDK: "boolean",
    customCloudConfig: {
      "activeDirectoryEndpoint!": "string",
      keyVaultEndpoint: "string",
      keyVaultDNSSuffix: "string",
      resourceManagerEndpoint: "string",
    },
  },
  beyondtrust: { server: { decrypt: "boolean" } },
  conjur: {
    auth: {
      cert: {
        "account!": "string",
        "serviceID!": "string",
        hostId: "string",
        "clientCertRef!": key,
        "clientKeyRef!": key,
      },
    },
  },
  doppler: {
    auth: { oidcConfig: { identity: "string", serviceAccountRef: account, expirationSeconds: "integer" } },
  },
  fake: { validationResult: "integer" },
  gcpsm: {
    auth: { workloadIdentityFederation },
    secretVersionSelectionPolicy: one("LatestOrFail", "LatestOrFetch"),
  },
  github: { orgSecretVisibility: one("all", "private") },
  gitlab: ca,
  ibm: { auth: { secretRef: { iamEndpoint: "string" } } },
  infisical: { auth: infisicalAuth, secretsScope: { organizationSlug: "string" }, ...ca },
  keepersecurity: { getByTitleFallback: "boolean" },
  passbolt: ca,
  pulumi: {
    auth: {
      accessToken: { secretRef: key },
      oidcConfig: {
        organization: "string",
        serviceAccountRef: account,
        expirationSeconds: between(600, null),
      },
    },
  },
  secretserver: { token: valueOrKey, domain: "string", ...ca },
  vault,
  yandexcertificatemanager: { fetching },
  yandexlockbox: { fetching },
};

/** What both kinds of store gained. */
export const stores: Fields = {
  spec: { refreshInterval: "int-or-string", provider: { ...newFields, ...newProviders } },
};

/** MinProperties, MaxProperties and the webhook's own checks. */
export const storeConditions: Conditions = {
  "/spec/provider": [exactlyOneBut()],
  "/spec/provider/conjur/auth": [exactlyOne("apikey", "jwt", "cert")],
  "/spec/provider/crd": [atMostOne("auth", "authRef")],
  "/spec/provider/doppler/auth": [exactlyOne("secretRef", "oidcConfig")],
  "/spec/provider/ibm/auth": [exactlyOne("secretRef", "containerAuth")],
  "/spec/provider/infisical": [atMostOne("caBundle", "caProvider")],
  "/spec/provider/kubernetes/auth": [exactlyOne("cert", "token", "serviceAccount")],
  "/spec/provider/onepasswordSDK": [exactlyOne("vault", "environment")],
  "/spec/provider/openBao": [atMostOne("caBundle", "caProvider")],
  "/spec/provider/openBao/auth": [exactlyOne("appRole", "tokenSecretRef", "userPass")],
  "/spec/provider/openBao/auth/appRole": [exactlyOne("roleId", "roleRef")],
  "/spec/provider/pulumi": [atLeastOne("auth", "accessToken")],
  "/spec/provider/pulumi/auth": [exactlyOne("accessToken", "oidcConfig")],
  "/spec/provider/secretserver": [when("token", [null], { need: ["username", "password"] })],
  "/spec/provider/yandexcertificatemanager/fetching": [exactlyOne("byID", "byName")],
  "/spec/provider/yandexlockbox/fetching": [exactlyOne("byID", "byName")],
};

/** Required no longer, or with a default. */
export const storeOptional: readonly string[] = [
  "/spec/provider/doppler/auth/secretRef",
  "/spec/provider/onboardbase/apiHost",
  "/spec/provider/onboardbase/environment",
  "/spec/provider/onboardbase/project",
  "/spec/provider/pulumi/accessToken",
  "/spec/provider/secretserver/password",
  "/spec/provider/secretserver/username",
  "/spec/provider/webhook/result",
  ...vaultDefaults.map((path) => `/spec/provider/vault${path}`),
];
