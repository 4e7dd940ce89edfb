import { holdingsOf, severityOfMissing } from "#model/holdings.ts";
import { applied, each, hit, isTemplated } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map, maps, word } from "#model/value.ts";

/** Roles every cluster has. */
const GIVEN = /^(?:cluster-admin|admin|edit|view|system:.*)$/;
/** Namespaces whose accounts the cluster or its engine brings along. */
const SYSTEM = /^(?:kube-system|flux-system|argocd|system-upgrade|cattle-.*)$/;

export default defineRule({
  id: "REF-12",
  severity: "warn",
  title: {
    en: "A binding of a role or account that is not there",
    de: "Eine Bindung einer Rolle oder eines Kontos, die es nicht gibt",
    es: "Un enlace de un rol o cuenta que no existe",
    zh: "绑定引用了不存在的角色或账户",
  },
  why: {
    en: "It is accepted and grants nothing; the first call of the application is refused.",
    de: "Sie wird angenommen und gewährt nichts; der erste Aufruf der Anwendung wird abgewiesen.",
    es: "Se acepta y no concede nada; la primera llamada de la aplicación se rechaza.",
    zh: "它会被接受却不授予任何权限，应用的第一次调用就会被拒绝。",
  },
  message: {
    en: "{object} binds {what}, which is not in the repository.",
    de: "{object} bindet {what}; im Repository gibt es das nicht.",
    es: "{object} enlaza {what}, que no está en el repositorio.",
    zh: "{object} 绑定 {what}，但仓库中没有它。",
  },
  fix: {
    en: "Correct the name, or add {what}.",
    de: "Den Namen berichtigen oder {what} anlegen.",
    es: "Corrija el nombre o añada {what}.",
    zh: "更正名称，或添加 {what}。",
  },
  source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding",
  check: (context) => {
    const holdings = holdingsOf(context);
    return each(applied(context), function* (manifest) {
      if (!/^(?:Cluster)?RoleBinding$/.test(manifest.kind)) return;
      const role = map(manifest.doc.roleRef);
      const [kind, name] = [word(role.kind), word(role.name)];
      const place = kind === "Role" ? manifest.namespace : "";
      if (name !== "" && !GIVEN.test(name) && !isTemplated(name) && !holdings.has(kind, place, name)) {
        const severity = severityOfMissing(holdings.sight(manifest, kind === "ClusterRole"), "warn");
        if (severity)
          yield hit(manifest, { pointer: "/roleRef", values: { what: `${kind}/${name}` }, severity });
      }
      for (const [i, subject] of maps(manifest.doc.subjects).entries()) {
        const account = word(subject.name);
        const namespace = word(subject.namespace) || manifest.namespace;
        if (subject.kind !== "ServiceAccount" || /^(?:|default)$/.test(account) || isTemplated(account))
          continue;
        if (SYSTEM.test(namespace) || holdings.has("ServiceAccount", namespace, account)) continue;
        const severity = severityOfMissing(
          holdings.sight({ ...manifest, kind: "ServiceAccount", namespace }),
          "warn",
        );
        const what = `ServiceAccount/${account}`;
        if (severity) yield hit(manifest, { pointer: `/subjects/${i}`, values: { what }, severity });
      }
    });
  },
  examples: {
    bad: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: v1, kind: ServiceAccount, metadata: {name: till, namespace: apps}}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: till, namespace: apps}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: tell}, subjects: [{kind: ServiceAccount, name: till, namespace: apps}]}
`,
      },
    ],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: v1, kind: ServiceAccount, metadata: {name: till, namespace: apps}}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: till, namespace: apps}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}, subjects: [{kind: ServiceAccount, name: till, namespace: apps}]}
`,
      },
    ],
  },
});
