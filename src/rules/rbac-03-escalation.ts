import { each, hit, judged } from "#model/manifest.ts";
import { isFluxSystem } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { maps, strings } from "#model/value.ts";

const RAISING = new Set(["escalate", "bind", "impersonate"]);

export default defineRule({
  id: "RBAC-03",
  severity: "warn",
  title: {
    en: "A role can raise its own rights",
    de: "Eine Rolle kann ihre Rechte erweitern",
    es: "Un rol puede ampliar sus permisos",
    zh: "角色可自行提权",
  },
  why: {
    en: "escalate, bind and impersonate let a holder become anybody.",
    de: "Mit escalate, bind und impersonate kann der Inhaber zu jedem werden.",
    es: "Con escalate, bind e impersonate el titular puede convertirse en cualquiera.",
    zh: "escalate、bind、impersonate 让持有者可以成为任何人。",
  },
  message: {
    en: "{object} allows {verbs}.",
    de: "{object} erlaubt {verbs}.",
    es: "{object} permite {verbs}.",
    zh: "{object} 允许 {verbs}。",
  },
  fix: {
    en: "Remove {verbs}, or limit them with resourceNames.",
    de: "{verbs} entfernen oder mit resourceNames begrenzen.",
    es: "Elimine {verbs} o límitelos con resourceNames.",
    zh: "删除 {verbs}，或用 resourceNames 限定。",
  },
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#escalate-verb",
  check: (context) =>
    each(judged(context), function* (manifest) {
      if (!/^(?:Cluster)?Role$/.test(manifest.kind) || isFluxSystem(manifest)) return;
      for (const [i, rule] of maps(manifest.doc.rules).entries()) {
        const verbs = strings(rule.verbs).filter((verb) => RAISING.has(verb));
        if (verbs.length === 0 || strings(rule.resourceNames).length > 0) continue;
        yield hit(manifest, { pointer: `/rules/${i}/verbs`, values: { verbs: verbs.join(", ") } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [{apiGroups: [""], resources: [users], verbs: [impersonate]}]}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [{apiGroups: [""], resources: [users], resourceNames: [bob], verbs: [impersonate]}]}\n',
      },
    ],
  },
});
