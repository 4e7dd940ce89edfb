import { each, hit, judged } from "#model/manifest.ts";
import { isFluxSystem } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { maps, strings } from "#model/value.ts";

const ENTERING = /^(?:pods\/(?:exec|attach|portforward)|nodes\/proxy)$/;

export default defineRule({
  id: "RBAC-05",
  severity: "warn",
  title: {
    en: "A role can enter pods or nodes",
    de: "Eine Rolle kann in Pods oder Knoten hinein",
    es: "Un rol puede entrar en pods o nodos",
    zh: "角色可进入 Pod 或节点",
  },
  why: {
    en: "pods/exec and nodes/proxy run commands beside every admission policy and most audit rules.",
    de: "pods/exec und nodes/proxy führen Befehle an jeder Admission-Policy vorbei aus.",
    es: "pods/exec y nodes/proxy ejecutan órdenes al margen de las políticas de admisión.",
    zh: "pods/exec 与 nodes/proxy 可绕过准入策略执行命令。",
  },
  message: {
    en: "{object} covers {resources}.",
    de: "{object} umfasst {resources}.",
    es: "{object} abarca {resources}.",
    zh: "{object} 覆盖 {resources}。",
  },
  fix: {
    en: "Remove {resources}.",
    de: "{resources} entfernen.",
    es: "Elimine {resources}.",
    zh: "删除 {resources}。",
  },
  source:
    "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes",
  check: (context) =>
    each(judged(context), function* (manifest) {
      if (!/^(?:Cluster)?Role$/.test(manifest.kind) || isFluxSystem(manifest)) return;
      for (const [i, rule] of maps(manifest.doc.rules).entries()) {
        const resources = strings(rule.resources).filter((name) => ENTERING.test(name));
        if (resources.length === 0) continue;
        yield hit(manifest, {
          pointer: `/rules/${i}/resources`,
          values: { resources: resources.join(", ") },
        });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [{apiGroups: [""], resources: [pods/exec], verbs: [create]}]}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [{apiGroups: [""], resources: [pods/log], verbs: [get]}]}\n',
      },
    ],
  },
});
