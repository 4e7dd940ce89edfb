import { each, hit, judged } from "#model/manifest.ts";
import { isFluxSystem } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { type Fields, maps, strings } from "#model/value.ts";

/** All resources of the core group are secrets too; all of every group is RBAC-02's to say. */
function covers({ resources, apiGroups }: Fields): boolean {
  const [names, groups] = [strings(resources), strings(apiGroups)];
  return names.includes("secrets") || (names.includes("*") && groups.includes("") && !groups.includes("*"));
}

export default defineRule({
  id: "RBAC-04",
  severity: "warn",
  title: {
    en: "A role reads the secrets of the whole cluster",
    de: "Eine Rolle liest die Secrets des ganzen Clusters",
    es: "Un rol lee los secretos de todo el clúster",
    zh: "角色可读取全集群 Secret",
  },
  why: {
    en: "Reading all secrets includes the tokens of every other workload.",
    de: "Wer alle Secrets liest, liest auch die Tokens aller anderen Anwendungen.",
    es: "Leer todos los secretos incluye los tokens de las demás aplicaciones.",
    zh: "能读所有 Secret，就能拿到其他所有工作负载的令牌。",
  },
  message: {
    en: "{object} may read secrets in every namespace.",
    de: "{object} darf Secrets in jedem Namespace lesen.",
    es: "{object} puede leer secretos en todos los namespaces.",
    zh: "{object} 可读取所有命名空间的 Secret。",
  },
  fix: {
    en: "Use a Role in one namespace, or resourceNames.",
    de: "Eine Role in einem Namespace oder resourceNames verwenden.",
    es: "Use un Role en un namespace o resourceNames.",
    zh: "改用单命名空间的 Role，或使用 resourceNames。",
  },
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets",
  check: (context) =>
    each(judged(context), function* (manifest) {
      if (manifest.kind !== "ClusterRole" || isFluxSystem(manifest)) return;
      for (const [i, rule] of maps(manifest.doc.rules).entries()) {
        if (!covers(rule) || strings(rule.resourceNames).length > 0) continue;
        if (!strings(rule.verbs).some((verb) => ["get", "list", "watch", "*"].includes(verb))) continue;
        yield hit(manifest, { pointer: `/rules/${i}/resources` });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a}, rules: [{apiGroups: [""], resources: [secrets], verbs: [list]}]}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [{apiGroups: [""], resources: [secrets], verbs: [list]}]}\n',
      },
    ],
  },
});
