import { each, hit, judged } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { maps, word } from "#model/value.ts";

const EVERYBODY = /^system:(?:anonymous|unauthenticated|authenticated|serviceaccounts)$/;

export default defineRule({
  id: "RBAC-07",
  severity: "block",
  title: {
    en: "Rights go to everybody",
    de: "Rechte gehen an alle",
    es: "Los permisos van a todos",
    zh: "权限授予所有人",
  },
  why: {
    en: "These groups include people and programs nobody has checked.",
    de: "Diese Gruppen umfassen Personen und Programme, die niemand geprüft hat.",
    es: "Esos grupos incluyen personas y programas que nadie ha comprobado.",
    zh: "这些组包含未经核验的人和程序。",
  },
  message: {
    en: "{object} gives rights to {subject}.",
    de: "{object} gibt {subject} Rechte.",
    es: "{object} da permisos a {subject}.",
    zh: "{object} 把权限授予 {subject}。",
  },
  fix: {
    en: "Name the service accounts that need the rights.",
    de: "Die ServiceAccounts nennen, die die Rechte brauchen.",
    es: "Nombre las cuentas de servicio que necesitan los permisos.",
    zh: "改为指定确需权限的 ServiceAccount。",
  },
  source:
    "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#kubernetes-rbac-privilege-escalation-risks",
  check: (context) =>
    each(judged(context), function* (manifest) {
      if (!/^(?:Cluster)?RoleBinding$/.test(manifest.kind)) return;
      for (const [i, subject] of maps(manifest.doc.subjects).entries()) {
        const name = word(subject.name);
        if (EVERYBODY.test(name))
          yield hit(manifest, { pointer: `/subjects/${i}`, values: { subject: name } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: a}, roleRef: {kind: ClusterRole, name: view}, subjects: [{kind: Group, name: "system:authenticated"}]}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: a}, roleRef: {kind: Role, name: view}, subjects: [{kind: ServiceAccount, name: app}]}\n",
      },
    ],
  },
});
