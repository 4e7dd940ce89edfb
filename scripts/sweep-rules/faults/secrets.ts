import { additions, type Fault, faults, find, inValues } from "../fault.ts";
import { apps, type Doc } from "../good-tree.ts";

const secret = (fields: Doc): Doc => ({
  ...{ apiVersion: "v1", kind: "Secret", metadata: { name: "added", namespace: apps } },
  ...fields,
});
const configMap = (data: Doc): Doc => ({
  ...{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "added", namespace: apps } },
  data,
});
const base64 = (text: string) => Buffer.from(text).toString("base64");
const sops = {
  age: [{ recipient: "age1abc", enc: "x" }],
  lastmodified: "2026-08-01T00:00:00Z",
  mac: "ENC[AES256_GCM,data:x]",
  version: "3.11.0",
};
const encrypted = "ENC[AES256_GCM,data:cGFzcw==,iv:x,tag:y,type:str]";

/** Tokens that are none: the right shape, put together here so that no scanner takes this file for a leak. */
const tokens: Readonly<Record<string, string>> = {
  aws: `AKIA${"ABCDEFGH".repeat(2)}`,
  github: `ghp_${"a1B2c3".repeat(6)}`,
  "fine-grained": `github_pat_${"a1B2c3D4e5".repeat(5)}`,
  slack: `xoxb-${"1234567890-"}abc`,
  gitlab: `glpat-${"a1B2c3D4e5".repeat(2)}`,
  age: `AGE-SECRET-KEY-1${"QPZRY9X8".repeat(5)}`,
  key: `-----BEGIN ${"EC "}PRIVATE KEY-----`,
};

export const secretFaults: readonly Fault[] = [
  ...additions("SEC-01", {
    "as text": secret({ stringData: { password: "hunter2horse" } }),
    base64: secret({ data: { password: base64("hunter2horse") } }),
    "several keys": secret({ stringData: { user: "till", password: "hunter2horse" } }),
    "of a type": secret({
      type: "kubernetes.io/basic-auth",
      stringData: { username: "a", password: "hunter2horse" },
    }),
    "a registry's": secret({
      type: "kubernetes.io/dockerconfigjson",
      data: { ".dockerconfigjson": base64('{"auths":{}}') },
    }),
  }),
  ...additions("SEC-02", {
    "no mac": secret({ stringData: { password: encrypted }, sops: { ...sops, mac: undefined } }),
    "an empty mac": secret({ stringData: { password: encrypted }, sops: { ...sops, mac: "" } }),
    "of a ConfigMap": { ...configMap({ a: encrypted }), sops: { age: [], version: "3.11.0" } },
  }),
  ...additions("SEC-03", {
    "one of two": secret({ stringData: { user: encrypted, password: "hunter2horse" }, sops }),
    base64: secret({ data: { password: base64("hunter2horse") }, sops }),
    "the only one": secret({ stringData: { password: "hunter2horse" }, sops }),
  }),
  ...Object.entries(tokens).flatMap(([what, token]) => [
    ...additions("SEC-05", { [`${what} in a ConfigMap`]: configMap({ note: `see ${token}` }) }),
    ...faults("SEC-05", {
      [`${what} in a script`]: (tree) => {
        tree.files["scripts/run.sh"] = `#!/bin/sh\nexport X='${token}'\n`;
      },
      [`${what} in a guide`]: (tree) => {
        tree.files["README.md"] += `\n    ${token}\n`;
      },
    }),
  ]),
  ...["password=hunter2horse", "API_KEY=8f14e45fceea", "url=postgres://a:b@db/c"].flatMap((literal) =>
    faults("SEC-06", {
      [`${literal}, a folder's`]: (tree) => {
        tree.files["platform/first/kustomization.yaml"] +=
          `secretGenerator:\n  - name: db\n    literals:\n      - ${literal}\n`;
      },
      [`${literal}, a second generator`]: (tree) => {
        tree.files["platform/second/kustomization.yaml"] +=
          `secretGenerator:\n  - name: a\n    envs: [a.env]\n  - {name: b, literals: ["${literal}"]}\n`;
        tree.files["platform/second/a.env"] = "";
      },
    }),
  ),
  ...faults(
    "SEC-07",
    {
      "no decryption": (tree) => {
        delete find(tree, "Kustomization", "second").spec.decryption;
      },
      "another provider": (tree) => {
        find(tree, "Kustomization", "second").spec.decryption = { provider: "vault" };
      },
      "a Kustomization without any": (tree) => {
        tree.files["platform/first/secret.yaml"] = tree.files["platform/second/secret.yaml"]!.replace(
          "db",
          "db-2",
        );
        tree.files["platform/first/kustomization.yaml"] += "  - secret.yaml\n";
      },
    },
    {
      prepare: (tree) => {
        const doc = {
          apiVersion: "v1",
          kind: "Secret",
          metadata: { name: "db", namespace: apps },
          stringData: { password: encrypted },
          sops,
        };
        tree.files["platform/second/secret.yaml"] = `${JSON.stringify(doc)}\n`;
        tree.files["platform/second/kustomization.yaml"] += "  - secret.yaml\n";
      },
    },
  ),
  ...faults("SEC-08", {
    "in the clear": (tree) => {
      find(tree, "SealedSecret").spec.encryptedData.password = "hunter2horse";
    },
    "only base64": (tree) => {
      find(tree, "SealedSecret").spec.encryptedData.password = base64("hunter2horse");
    },
    "a placeholder": (tree) => {
      find(tree, "SealedSecret").spec.encryptedData.password = "<kubeseal output>";
    },
    "a second key": (tree) => {
      find(tree, "SealedSecret").spec.encryptedData.token = "todo";
    },
  }),
  ...additions("SEC-09", {
    "an address": configMap({ DATABASE_URL: "postgres://till:hunter2horse@db:5432/till" }),
    "an address in a file": configMap({
      "app.env": "A=b\nREDIS=redis://:hunter2horse@cache:6379\nDB=mysql://a:hunter2horse@db/c\n",
    }),
    "a short name": configMap({ SMTP_PASS: "hunter2horse" }),
    "a key": configMap({ DB_PASSWORD: "hunter2horse" }),
    "camel case": configMap({ adminPassword: "hunter2horse" }),
    "an ini file": configMap({ "app.ini": "[db]\nuser = till\npassword = hunter2horse\n" }),
    "a properties file": configMap({ "app.properties": "a=b\ndb.password=hunter2horse\n" }),
    "a YAML file": configMap({ "app.yaml": "db:\n  user: till\n  password: hunter2horse\n" }),
    "a shell file": configMap({ env: 'export A=b\nexport API_TOKEN="8f14e45fceea167a"\n' }),
    "a JSON file": configMap({ "app.json": '{\n  "user": "till",\n  "clientSecret": "q8Zr1x9Lm2"\n}\n' }),
  }),
  ...faults("SEC-10", {
    "substituted by Flux": (tree) => {
      find(tree, "Kustomization", "second").spec.postBuild.substitute.db_password = "hunter2horse";
    },
  }),
  ...inValues("SEC-10", {
    "an address": { config: { databaseUrl: "postgres://till:hunter2horse@db:5432/till" } },
    password: { auth: { username: "a", password: "hunter2horse" } },
    "deep down": { a: { b: { c: { apiKey: "8f14e45fceea167a" } } } },
    "a variable": { env: [{ name: "DB_PASSWORD", value: "hunter2horse" }] },
  }),
];
