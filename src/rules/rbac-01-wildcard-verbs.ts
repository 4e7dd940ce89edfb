import { each, hit, judged } from "#model/manifest.ts";
import { isFluxSystem } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { maps, strings } from "#model/value.ts";

export default defineRule({
  id: "RBAC-01",
  severity: "block",
  title: {
    en: "A role allows every verb",
    de: "Eine Rolle erlaubt jedes Verb",
    es: "Un rol permite todos los verbos",
    zh: "角色允许所有动词",
  },
  why: {
    en: "A wildcard grants what is added later too; a stolen device then owns its cluster.",
    de: "Ein Platzhalter gewährt auch, was später dazukommt; ein gestohlenes Gerät besitzt dann seinen Cluster.",
    es: "Un comodín concede también lo que llegue después; un dispositivo robado es dueño de su clúster.",
    zh: "通配符也会授予将来新增的权限；设备失窃即等于集群失守。",
  },
  message: {
    en: '{object} allows verbs "*" on {resources}.',
    de: '{object} erlaubt Verben "*" auf {resources}.',
    es: '{object} permite verbos "*" sobre {resources}.',
    zh: '{object} 对 {resources} 允许动词 "*"。',
  },
  fix: {
    en: "List the verbs that are needed.",
    de: "Die nötigen Verben aufzählen.",
    es: "Enumere los verbos necesarios.",
    zh: "逐一列出所需动词。",
  },
  source: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege",
  check: (context) =>
    each(judged(context), function* (manifest) {
      if (!/^(?:Cluster)?Role$/.test(manifest.kind) || isFluxSystem(manifest)) return;
      for (const [i, rule] of maps(manifest.doc.rules).entries()) {
        if (!strings(rule.verbs).includes("*")) continue;
        const resources = [...strings(rule.resources), ...strings(rule.nonResourceURLs)].join(", ") || "-";
        yield hit(manifest, { pointer: `/rules/${i}/verbs`, values: { resources } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [{apiGroups: [""], resources: [pods], verbs: ["*"]}]}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]}\n',
      },
    ],
  },
});
