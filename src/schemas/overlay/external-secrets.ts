import {
  type Conditions,
  defineOverlay,
  exactlyOne,
  type Fields,
  like,
  list,
  one,
  pattern,
  when,
} from "../overlay.ts";
import {
  generatorConditions,
  generatorKinds,
  generatorOptional,
  generatorRef,
  generators,
} from "./external-secrets/generators.ts";
import { storeConditions, storeOptional, stores } from "./external-secrets/stores.ts";

const nullBytePolicy = one("Ignore", "Fail");

const template: Fields = {
  metadata: { finalizers: ["string"] },
  templateFrom: {
    // A path into the resource where the target has a manifest: only then may it be another than the three.
    target: pattern("^(|Data|Annotations|Labels|[a-z].*)$"),
    valuesDecodingStrategy: one("Auto", "Base64", "Base64URL", "None"),
  },
};

const secretSpec: Fields = {
  syncWindows: {
    "kind!": one("allow", "deny"),
    "windows!": list(
      {
        "schedule!": pattern(
          "^(@(annually|yearly|monthly|weekly|daily|midnight|hourly)|@every [^\\s]+.*|[^\\s]+( [^\\s]+){4})$",
        ),
        "duration!": "go-duration",
      },
      1,
    ),
  },
  target: {
    creationPolicy: one("CreateOrMerge"),
    manifest: { "apiVersion!": "string", "kind!": "string" },
    template,
  },
  data: { remoteRef: { nullBytePolicy }, sourceRef: { generatorRef } },
  dataFrom: {
    extract: { nullBytePolicy },
    find: { nullBytePolicy },
    rewrite: {
      merge: {
        into: "string",
        priority: ["string"],
        priorityPolicy: one("IgnoreNotFound", "Strict"),
        conflictPolicy: one("Ignore", "Error"),
        strategy: one("Extract", "JSON"),
      },
    },
    sourceRef: { generatorRef },
  },
};

const rewrite = like("external-secrets.io/v1/ExternalSecret", "/spec/dataFrom/0/rewrite/0/regexp");
const transform = like("external-secrets.io/v1/ExternalSecret", "/spec/dataFrom/0/rewrite/0/transform");
const storeRef = like("external-secrets.io/v1alpha1/PushSecret", "/spec/secretStoreRefs/0");

const pushSpec: Fields = {
  selector: { generatorRef },
  dataTo: [
    {
      storeRef,
      remoteKey: "string",
      match: { regexp: "string" },
      rewrite: [{ regexp: rewrite, transform }],
      metadata: "any",
      conversionStrategy: one("None", "ReverseUnicode"),
    },
  ],
  template,
};

const secretConditions = (spec: string): Conditions => ({
  [`${spec}/data/0/sourceRef`]: [exactlyOne("storeRef", "generatorRef")],
  [`${spec}/dataFrom/0/sourceRef`]: [exactlyOne("storeRef", "generatorRef")],
  [`${spec}/dataFrom/0/rewrite/0`]: [exactlyOne("merge", "regexp", "transform")],
  [`${spec}/dataFrom/0/rewrite/0/merge`]: [when("strategy", ["JSON"], { need: ["into"] })],
});
const pushConditions = (spec: string): Conditions => ({
  [`${spec}/selector`]: [exactlyOne("secret", "generatorRef")],
});

/** What External Secrets gained after 0.16.2, which the packages hold; fields it dropped since are still known. */
export default defineOverlay({
  name: "External Secrets",
  version: "0.16.2 + fields of 2.x",
  source: "https://external-secrets.io/latest/api/spec/",
  groups: [],
  kinds: generatorKinds,
  extend: {
    "external-secrets.io/v1/SecretStore": stores,
    "external-secrets.io/v1/ClusterSecretStore": stores,
    "external-secrets.io/v1/ExternalSecret": { spec: secretSpec },
    "external-secrets.io/v1/ClusterExternalSecret": { spec: { externalSecretSpec: secretSpec } },
    "external-secrets.io/v1alpha1/PushSecret": { spec: pushSpec },
    "external-secrets.io/v1alpha1/ClusterPushSecret": { spec: { pushSecretSpec: pushSpec } },
    ...generators,
  },
  optional: {
    "external-secrets.io/v1/SecretStore": storeOptional,
    "external-secrets.io/v1/ClusterSecretStore": storeOptional,
    ...generatorOptional,
  },
  conditions: {
    "external-secrets.io/v1/SecretStore": storeConditions,
    "external-secrets.io/v1/ClusterSecretStore": storeConditions,
    "external-secrets.io/v1/ExternalSecret": secretConditions("/spec"),
    "external-secrets.io/v1/ClusterExternalSecret": secretConditions("/spec/externalSecretSpec"),
    "external-secrets.io/v1alpha1/PushSecret": pushConditions("/spec"),
    "external-secrets.io/v1alpha1/ClusterPushSecret": pushConditions("/spec/pushSecretSpec"),
    ...generatorConditions,
  },
});
