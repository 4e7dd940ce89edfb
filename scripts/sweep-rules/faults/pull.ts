import { additions, appliers, type Fault, faults, find, inSpecs } from "../fault.ts";
import type { Doc } from "../good-tree.ts";

const server = "https://10.1.2.3:6443";
export const pullFaults: readonly Fault[] = [
  ...faults(
    "PULL-01",
    inSpecs([...appliers], "a kubeconfig", (spec) => {
      spec.kubeConfig = { secretRef: { name: "site" } };
    }),
  ),
  ...["shop-a", "shop-b"].flatMap((name) =>
    faults("PULL-02", {
      [`a server, ${name}`]: (tree) => {
        find(tree, "Application", name).spec.destination.server = server;
      },
      [`a name, ${name}`]: (tree) => {
        find(tree, "Application", name).spec.destination = { name: "site-7", namespace: name };
      },
      [`plain http, ${name}`]: (tree) => {
        find(tree, "Application", name).spec.destination.server = "http://kubernetes.default.svc";
      },
    }),
  ),
  ...additions("PULL-02", {
    ApplicationSet: {
      ...{
        apiVersion: "argoproj.io/v1alpha1",
        kind: "ApplicationSet",
        metadata: { name: "set", namespace: "argocd" },
      },
      spec: {
        generators: [{ list: { elements: [] } }],
        template: { metadata: { name: "a" }, spec: { project: "edge", destination: { server } } },
      },
    },
  }),
  ...additions("PULL-03", {
    ...Object.fromEntries(
      Object.entries({
        clusters: { clusters: {} },
        decision: { clusterDecisionResource: { configMapRef: "c" } },
        "in a matrix": { matrix: { generators: [{ list: { elements: [] } }, { clusters: {} }] } },
        "in a merge of a matrix": { merge: { generators: [{ matrix: { generators: [{ clusters: {} }] } }] } },
      }).map(([what, generator]) => [
        what,
        {
          ...{
            apiVersion: "argoproj.io/v1alpha1",
            kind: "ApplicationSet",
            metadata: { name: "set", namespace: "argocd" },
          },
          spec: { generators: [generator], template: { metadata: { name: "a" }, spec: { project: "edge" } } },
        },
      ]),
    ),
  }),
  ...faults("PULL-04", {
    everything: (tree) => {
      find(tree, "AppProject").spec.destinations = [{ server: "*", namespace: "*" }];
    },
    "a second one": (tree) => {
      find(tree, "AppProject").spec.destinations.push({ server, namespace: "apps" });
    },
    "every name": (tree) => {
      find(tree, "AppProject").spec.destinations.push({ name: "*", namespace: "apps" });
    },
  }),
  ...additions("PULL-05", {
    "in the clear": {
      ...{ apiVersion: "v1", kind: "Secret" },
      metadata: {
        name: "site-7",
        namespace: "argocd",
        labels: { "argocd.argoproj.io/secret-type": "cluster" },
      },
      stringData: { name: "site-7", server },
    },
    base64: {
      ...{ apiVersion: "v1", kind: "Secret" },
      metadata: {
        name: "site-7",
        namespace: "argocd",
        labels: { "argocd.argoproj.io/secret-type": "cluster" },
      },
      data: { server: Buffer.from(server).toString("base64") },
    },
    "without an address": {
      ...{ apiVersion: "v1", kind: "Secret" },
      metadata: {
        name: "site-7",
        namespace: "argocd",
        labels: { "argocd.argoproj.io/secret-type": "cluster" },
      },
    },
  }),
  ...additions("PULL-06", kubeconfigs()),
  ...additions("PULL-07", {
    fleet: {
      ...{
        apiVersion: "fleet.cattle.io/v1alpha1",
        kind: "Cluster",
        metadata: { name: "a", namespace: "fleet" },
      },
      spec: { kubeConfigSecret: "a" },
    },
    "with labels": {
      ...{ apiVersion: "fleet.cattle.io/v1alpha1", kind: "Cluster" },
      metadata: { name: "b", namespace: "fleet", labels: { ring: "1" } },
      spec: { paused: false, kubeConfigSecret: "b" },
    },
    "with a namespace": {
      ...{
        apiVersion: "fleet.cattle.io/v1alpha1",
        kind: "Cluster",
        metadata: { name: "a", namespace: "fleet" },
      },
      spec: { kubeConfigSecret: "a", kubeConfigSecretNamespace: "b" },
    },
  }),
  ...additions("PULL-08", {
    karmada: {
      apiVersion: "cluster.karmada.io/v1alpha1",
      kind: "Cluster",
      metadata: { name: "a" },
      spec: { syncMode: "Push" },
    },
    "with a provider": {
      ...{
        apiVersion: "cluster.karmada.io/v1alpha1",
        kind: "Cluster",
        metadata: { name: "b", labels: { a: "b" } },
      },
      spec: { provider: "edge", syncMode: "Push", secretRef: { name: "b" } },
    },
    "with an address": {
      ...{ apiVersion: "cluster.karmada.io/v1alpha1", kind: "Cluster", metadata: { name: "a" } },
      spec: { syncMode: "Push", apiEndpoint: server },
    },
  }),
];

function kubeconfigs(): Record<string, Doc> {
  const text = `apiVersion: v1\nkind: Config\nclusters:\n- name: a\n  cluster: {server: "${server}"}\nusers:\n- name: a\n  user: {token: x}\n`;
  const json = JSON.stringify({ clusters: [{ cluster: { server } }], users: [] }, null, 1);
  return {
    "in a ConfigMap": {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "k" },
      data: { config: text },
    },
    "in a Secret": {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "k" },
      stringData: { config: text },
    },
    base64: {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "k" },
      data: { value: Buffer.from(text).toString("base64") },
    },
    "as JSON": { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "k" }, data: { config: json } },
  };
}
