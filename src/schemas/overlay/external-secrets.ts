import { defineOverlay, exactlyOneBut, type Fields, one } from "../overlay.ts";

// Their exact types were not read; what they hold is left unchecked.
const providers: Fields = {
  spec: {
    provider: {
      onepasswordSDK: "any",
      barbican: "any",
      beyondtrustworkloadcredentials: "any",
      dvls: "any",
      ngrok: "any",
      volcengine: "any",
    },
  },
};

/** Fields External Secrets gained after 0.16.2, which the packages hold. */
export default defineOverlay({
  name: "External Secrets",
  version: "0.16.2 + newer fields",
  source: "https://external-secrets.io/latest/api/spec/",
  groups: [],
  conditions: { "external-secrets.io/v1/SecretStore": { "/spec/provider": [exactlyOneBut()] } },
  extend: {
    "external-secrets.io/v1/SecretStore": providers,
    "generators.external-secrets.io/v1alpha1/VaultDynamicSecret": {
      spec: { provider: { version: one("v1", "v2"), caProvider: { type: one("Secret", "ConfigMap") } } },
    },
    "external-secrets.io/v1/ClusterSecretStore": providers,
    "external-secrets.io/v1/ExternalSecret": {
      spec: {
        data: { remoteRef: { nullBytePolicy: "string" } },
        dataFrom: { extract: { nullBytePolicy: "string" }, find: { nullBytePolicy: "string" } },
      },
    },
  },
});
