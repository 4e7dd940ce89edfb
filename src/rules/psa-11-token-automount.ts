import { isTogether } from "#model/holdings.ts";
import { applied, each, hit, isTemplated, podOf } from "#model/manifest.ts";
import { isSystem, isWhole } from "#model/policy.ts";
import { defineRule, type Manifest } from "#model/rule.ts";
import { maps, word } from "#model/value.ts";

/** Whether a binding of the tree is for this account: then the token is what the pod works with. */
function isGranted(account: string, { namespace }: Manifest, bindings: readonly Manifest[]): boolean {
  return bindings.some(({ doc, namespace: own }) =>
    maps(doc.subjects).some((subject) => {
      if (subject.kind === "Group") return /^system:serviceaccounts/.test(word(subject.name));
      return word(subject.name) === account && isTogether(word(subject.namespace) || own, namespace);
    }),
  );
}

export default defineRule({
  id: "PSA-11",
  severity: "warn",
  title: {
    en: "A pod that carries a token it does not need",
    de: "Ein Pod mit einem Token, das er nicht braucht",
    es: "Un pod con un token que no necesita",
    zh: "Pod 携带了不需要的令牌",
  },
  why: {
    en: "Who breaks into the application gets credentials for the API server of the site as well.",
    de: "Wer in die Anwendung einbricht, bekommt auch Zugangsdaten für den API-Server des Standorts.",
    es: "Quien entra en la aplicación obtiene también credenciales del servidor de API del sitio.",
    zh: "入侵应用的人会同时拿到站点 API 服务器的凭据。",
  },
  message: {
    en: "{object} mounts the token of service account {account}, which is granted nothing.",
    de: "{object} bindet das Token des ServiceAccounts {account} ein, dem nichts gewährt ist.",
    es: "{object} monta el token de la cuenta de servicio {account}, que no tiene permisos.",
    zh: "{object} 挂载了 ServiceAccount {account} 的令牌，而该账户没有任何授权。",
  },
  fix: {
    en: "Set automountServiceAccountToken: false in the pod.",
    de: "Im Pod automountServiceAccountToken: false setzen.",
    es: "Ponga automountServiceAccountToken: false en el pod.",
    zh: "在 Pod 中设置 automountServiceAccountToken: false。",
  },
  source:
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting",
  check: (context) => {
    const manifests = applied(context);
    const bindings = manifests.filter(({ kind }) => /^(?:Cluster)?RoleBinding$/.test(kind));
    const closed = new Set(
      manifests
        .filter(({ kind, doc }) => kind === "ServiceAccount" && doc.automountServiceAccountToken === false)
        .map(({ namespace, name }) => `${namespace}/${name}`),
    );
    return each(manifests, function* (manifest) {
      const pod = podOf(manifest);
      if (pod === undefined || isSystem(manifest)) return;
      const account = word(pod.spec.serviceAccountName) || word(pod.spec.serviceAccount) || "default";
      const automount = pod.spec.automountServiceAccountToken;
      if (automount === false || isTemplated(account)) return;
      if (automount === undefined && closed.has(`${manifest.namespace}/${account}`)) return;
      // An account of its own in a part of a repository may well be granted something in another part.
      if (account !== "default" && !isWhole(context)) return;
      if (isGranted(account, manifest, bindings)) return;
      yield hit(manifest, { pointer: pod.pointer, values: { account } });
    });
  },
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: []}}\n",
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {serviceAccountName: till, containers: []}}}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: till, namespace: apps}}
`,
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {automountServiceAccountToken: false, containers: []}}\n",
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {serviceAccountName: till, containers: []}}}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: till, namespace: apps}, automountServiceAccountToken: false}
`,
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {serviceAccountName: till, containers: []}}}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: till, namespace: apps}}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: till, namespace: apps}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}, subjects: [{kind: ServiceAccount, name: till, namespace: apps}]}
`,
      },
    ],
  },
});
