import { each, hit, judged } from "#model/manifest.ts";
import { isFluxSystem } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { maps, strings } from "#model/value.ts";

export default defineRule({
  id: "RBAC-02",
  severity: "block",
  title: {
    en: "A role covers every resource",
    de: "Eine Rolle umfasst jede Ressource",
    es: "Un rol abarca todos los recursos",
    zh: "角色覆盖所有资源",
  },
  why: {
    en: "All resources of all groups include secrets, nodes and RBAC itself.",
    de: "Alle Ressourcen aller Gruppen umfassen Secrets, Nodes und RBAC selbst.",
    es: "Todos los recursos de todos los grupos incluyen secretos, nodos y el propio RBAC.",
    zh: "所有组的所有资源包括 Secret、节点乃至 RBAC 本身。",
  },
  message: {
    en: '{object} covers resources "*" of apiGroups "*".',
    de: '{object} umfasst resources "*" aus apiGroups "*".',
    es: '{object} abarca resources "*" de apiGroups "*".',
    zh: '{object} 覆盖 apiGroups "*" 的 resources "*"。',
  },
  fix: {
    en: "List the groups and resources that are needed.",
    de: "Die nötigen Gruppen und Ressourcen aufzählen.",
    es: "Enumere los grupos y recursos necesarios.",
    zh: "逐一列出所需的组和资源。",
  },
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege",
  check: (context) =>
    each(judged(context), function* (manifest) {
      if (!/^(?:Cluster)?Role$/.test(manifest.kind) || isFluxSystem(manifest)) return;
      for (const [i, rule] of maps(manifest.doc.rules).entries()) {
        if (!strings(rule.resources).includes("*") || !strings(rule.apiGroups).includes("*")) continue;
        yield hit(manifest, { pointer: `/rules/${i}/resources` });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a}, rules: [{apiGroups: ["*"], resources: ["*"], verbs: [get]}]}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a}, rules: [{apiGroups: [apps], resources: ["*"], verbs: [get]}]}\n',
      },
    ],
  },
});
