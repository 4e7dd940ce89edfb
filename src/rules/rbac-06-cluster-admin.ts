import { each, hit, judged } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { type Fields, map, maps, word } from "#model/value.ts";

/** Service accounts that apply whole repositories, as upstream names them, each only in its own namespace. */
const RECONCILERS: Readonly<Record<string, RegExp>> = {
  "flux-system": /^(?:kustomize-controller|helm-controller|flux-operator|flux)$/,
  argocd: /^argocd-application-controller$/,
  "system-upgrade": /^system-upgrade(?:-controller)?$/,
  "kube-system": /^(?:helm-[\w-]+|system-upgrade)$/,
};

function isReconciler({ kind, name, namespace }: Fields): boolean {
  return kind === "ServiceAccount" && (RECONCILERS[word(namespace)]?.test(word(name)) ?? false);
}

export default defineRule({
  id: "RBAC-06",
  severity: "block",
  title: {
    en: "Somebody becomes cluster-admin",
    de: "Jemand wird cluster-admin",
    es: "Alguien obtiene cluster-admin",
    zh: "授予了 cluster-admin",
  },
  why: {
    en: "cluster-admin can do anything; only the reconciler of the GitOps engine needs it.",
    de: "cluster-admin darf alles; nötig ist es nur für den Reconciler der GitOps-Engine.",
    es: "cluster-admin puede hacer de todo; solo lo necesita el reconciliador del motor GitOps.",
    zh: "cluster-admin 无所不能；只有 GitOps 引擎的调谐器需要它。",
  },
  message: {
    en: "{object} gives cluster-admin to {subjects}.",
    de: "{object} gibt {subjects} die Rolle cluster-admin.",
    es: "{object} da cluster-admin a {subjects}.",
    zh: "{object} 把 cluster-admin 授予 {subjects}。",
  },
  fix: {
    en: "Bind a role that lists what {subjects} needs.",
    de: "Eine Rolle binden, die aufzählt, was {subjects} braucht.",
    es: "Vincule un rol que enumere lo que {subjects} necesita.",
    zh: "绑定只列出 {subjects} 所需权限的角色。",
  },
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege",
  check: (context) =>
    each(judged(context), function* (manifest) {
      if (!/^(?:Cluster)?RoleBinding$/.test(manifest.kind)) return;
      if (word(map(manifest.doc.roleRef).name) !== "cluster-admin") return;
      const subjects = maps(manifest.doc.subjects);
      if (subjects.length > 0 && subjects.every(isReconciler)) return;
      yield hit(manifest, {
        pointer: "/roleRef",
        values: { subjects: subjects.map(({ name }) => word(name)).join(", ") || "-" },
        ...(manifest.kind === "RoleBinding" ? { severity: "warn" as const } : {}),
      });
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: a}, roleRef: {kind: ClusterRole, name: cluster-admin}, subjects: [{kind: ServiceAccount, name: app, namespace: apps}]}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: cluster-reconciler}, roleRef: {kind: ClusterRole, name: cluster-admin}, subjects: [{kind: ServiceAccount, name: kustomize-controller, namespace: flux-system}, {kind: ServiceAccount, name: helm-controller, namespace: flux-system}]}\n",
      },
    ],
  },
});
