import { additions, type Fault, faults, find } from "../fault.ts";
import { apps, type Doc } from "../good-tree.ts";

const role = (kind: string, rules: Doc[]): Doc => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind,
  metadata: { name: "added", ...(kind === "Role" && { namespace: apps }) },
  rules,
});
const binding = (kind: string, roleName: string, subjects: Doc[]): Doc => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind,
  metadata: { name: "added", ...(kind === "RoleBinding" && { namespace: apps }) },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: roleName },
  subjects,
});
const account = (name: string, namespace = apps): Doc => ({ kind: "ServiceAccount", name, namespace });

/** Faults in who may do what. */
export const rightFaults: readonly Fault[] = [
  ...["Role", "ClusterRole"].flatMap((kind) => [
    ...additions("RBAC-01", {
      [`verbs, ${kind}`]: role(kind, [{ apiGroups: [""], resources: ["pods"], verbs: ["*"] }]),
      [`a second rule, ${kind}`]: role(kind, [
        { apiGroups: [""], resources: ["pods"], verbs: ["get"] },
        { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "*"] },
      ]),
    }),
    ...additions("RBAC-02", {
      [`resources, ${kind}`]: role(kind, [{ apiGroups: ["*"], resources: ["*"], verbs: ["get"] }]),
      [`among others, ${kind}`]: role(kind, [
        { apiGroups: ["", "*"], resources: ["pods", "*"], verbs: ["get"] },
      ]),
    }),
    ...additions("RBAC-03", {
      [`escalate, ${kind}`]: role(kind, [
        { apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles"], verbs: ["escalate"] },
      ]),
      [`bind, ${kind}`]: role(kind, [
        { apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles"], verbs: ["get", "bind"] },
      ]),
      [`impersonate, ${kind}`]: role(kind, [
        { apiGroups: [""], resources: ["users"], verbs: ["impersonate"] },
      ]),
    }),
    ...additions("RBAC-05", {
      [`exec, ${kind}`]: role(kind, [{ apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] }]),
      [`attach, ${kind}`]: role(kind, [
        { apiGroups: [""], resources: ["pods", "pods/attach"], verbs: ["create"] },
      ]),
      [`forward, ${kind}`]: role(kind, [
        { apiGroups: [""], resources: ["pods/portforward"], verbs: ["create"] },
      ]),
      [`proxy, ${kind}`]: role(kind, [{ apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] }]),
    }),
  ]),
  ...additions("RBAC-04", {
    "all of the core group": role("ClusterRole", [{ apiGroups: [""], resources: ["*"], verbs: ["get"] }]),
    get: role("ClusterRole", [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }]),
    list: role("ClusterRole", [
      { apiGroups: [""], resources: ["configmaps", "secrets"], verbs: ["list", "watch"] },
    ]),
    "a second rule": role("ClusterRole", [
      { apiGroups: [""], resources: ["pods"], verbs: ["get"] },
      { apiGroups: [""], resources: ["secrets"], verbs: ["watch"] },
    ]),
    everything: role("ClusterRole", [{ apiGroups: [""], resources: ["secrets"], verbs: ["*"] }]),
  }),
  ...faults("RBAC-04", {
    "the agent's role": (tree) => {
      find(tree, "ClusterRole").rules[0].resources.push("secrets");
    },
  }),
  ...["ClusterRoleBinding", "RoleBinding"].flatMap((kind) => [
    ...additions("RBAC-06", {
      [`an account, ${kind}`]: binding(kind, "cluster-admin", [account("till")]),
      [`a group, ${kind}`]: binding(kind, "cluster-admin", [
        { kind: "Group", name: "ops", apiGroup: "rbac.authorization.k8s.io" },
      ]),
      [`beside the engine, ${kind}`]: binding(kind, "cluster-admin", [
        account("kustomize-controller", "flux-system"),
        account("till"),
      ]),
      [`the engine's name elsewhere, ${kind}`]: binding(kind, "cluster-admin", [
        account("kustomize-controller"),
      ]),
    }),
    ...additions(
      "RBAC-07",
      Object.fromEntries(
        ["system:anonymous", "system:unauthenticated", "system:authenticated", "system:serviceaccounts"].map(
          (name) => [
            `${name}, ${kind}`,
            binding(kind, "view", [
              account("till"),
              { kind: name === "system:anonymous" ? "User" : "Group", name },
            ]),
          ],
        ),
      ),
    ),
  ]),
  ...faults("RBAC-08", {
    "a Kustomization of a tenant": (tree) => {
      const copy = structuredClone(find(tree, "Kustomization", "first"));
      copy.metadata.namespace = "team";
      tree.docs.push(copy);
    },
    "a release of a tenant": (tree) => {
      const copy = structuredClone(find(tree, "HelmRelease"));
      copy.metadata.namespace = "team";
      delete copy.spec.serviceAccountName;
      tree.docs.push(copy);
    },
    "the project default": (tree) => {
      find(tree, "Application", "shop-a").spec.project = "default";
    },
    "no project": (tree) => {
      delete find(tree, "Application", "shop-b").spec.project;
    },
    "everything cluster-wide": (tree) => {
      find(tree, "AppProject").spec.clusterResourceWhitelist = [{ group: "*", kind: "*" }];
    },
  }),
];
