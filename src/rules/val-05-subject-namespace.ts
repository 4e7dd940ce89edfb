import { applied, each, hit, ofKind } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { maps, word } from "#model/value.ts";

export default defineRule({
  id: "VAL-05",
  severity: "block",
  title: {
    en: "A service account without its namespace",
    de: "Ein ServiceAccount ohne Namespace",
    es: "Una cuenta de servicio sin su namespace",
    zh: "服务账户缺少命名空间",
  },
  why: {
    en: "A ClusterRoleBinding lies in no namespace, so the API server cannot know which account is meant and refuses it.",
    de: "Ein ClusterRoleBinding liegt in keinem Namespace; der API-Server kann nicht wissen, welches Konto gemeint ist, und lehnt es ab.",
    es: "Un ClusterRoleBinding no está en ningún namespace: el servidor de API no sabe de qué cuenta se trata y lo rechaza.",
    zh: "ClusterRoleBinding 不属于任何命名空间，API 服务器无法得知所指的账户，因此会拒绝。",
  },
  message: {
    en: "{object} binds the service account {account} without a namespace.",
    de: "{object} bindet den ServiceAccount {account} ohne Namespace.",
    es: "{object} enlaza la cuenta de servicio {account} sin namespace.",
    zh: "{object} 绑定的服务账户 {account} 没有命名空间。",
  },
  fix: {
    en: "Add the namespace of the account to the subject.",
    de: "Beim Subject den Namespace des Kontos angeben.",
    es: "Añada al sujeto el namespace de la cuenta.",
    zh: "在 subject 中写明该账户所在的命名空间。",
  },
  source: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects",
  check: (context) => {
    const manifests = applied(context);
    // A base leaves the namespace to who builds on it: kustomize gives it to `default`, and to accounts that stand beside.
    const placeless = new Set(
      ofKind(manifests, "ServiceAccount").flatMap(({ name, namespace }) => (namespace === "" ? [name] : [])),
    ).add("default");
    return each(ofKind(manifests, "rbac.authorization.k8s.io/ClusterRoleBinding"), function* (manifest) {
      for (const [i, { kind, name, namespace }] of maps(manifest.doc.subjects).entries()) {
        if (kind !== "ServiceAccount" || word(namespace) !== "" || placeless.has(word(name))) continue;
        yield hit(manifest, { pointer: `/subjects/${i}`, values: { account: word(name) } });
      }
    });
  },
  examples: {
    bad: [{ "a.yaml": binding("{kind: ServiceAccount, name: till}") }],
    good: [
      { "a.yaml": binding("{kind: ServiceAccount, name: till, namespace: apps}") },
      { "a.yaml": binding("{kind: ServiceAccount, name: default}") },
      {
        "a.yaml": `{apiVersion: v1, kind: ServiceAccount, metadata: {name: till}}\n---\n${binding("{kind: ServiceAccount, name: till}")}`,
      },
      { "a.yaml": binding("{kind: Group, name: till, apiGroup: rbac.authorization.k8s.io}") },
    ],
  },
});

function binding(subject: string): string {
  return `{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: till}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}, subjects: [${subject}]}\n`;
}
