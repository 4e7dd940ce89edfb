import { applied, groupOf, hit, isTemplated, labelsOf, podOf, show } from "#model/manifest.ts";
import { defineRule, type Hit, type Manifest } from "#model/rule.ts";
import { isEmptySelector, matchesSelector, showSelector } from "#model/selectors.ts";
import { map, maps, strings, word } from "#model/value.ts";

/** A namespace's name is a label of it too; who selects by it means these namespaces and no others. */
const NAME_LABEL = "kubernetes.io/metadata.name";

type Bound = { policy: string; selector: Record<string, unknown>; governs: (manifest: Manifest) => boolean };

/** Bindings by label, with what their policies look at. */
function boundByLabel(manifests: readonly Manifest[]): Bound[] {
  return manifests.flatMap(({ kind, doc, path }): Bound[] => {
    if (kind !== "ValidatingAdmissionPolicyBinding") return [];
    const spec = map(doc.spec);
    const selector = map(map(spec.matchResources).namespaceSelector);
    if (isEmptySelector(selector) || JSON.stringify(selector).includes(NAME_LABEL)) return [];
    const policy = manifests.find(
      (one) =>
        one.kind === "ValidatingAdmissionPolicy" &&
        one.name === word(spec.policyName) &&
        (!isTemplated(one.name) || one.path === path),
    );
    if (policy === undefined) return [];
    const rules = maps(map(map(policy.doc.spec).matchConstraints).resourceRules);
    return [
      { policy: policy.name, selector, governs: (manifest) => rules.some((rule) => looksAt(rule, manifest)) },
    ];
  });
}

function looksAt({ apiGroups, resources }: Record<string, unknown>, manifest: Manifest): boolean {
  const [groups, names] = [strings(apiGroups), strings(resources)];
  const means = (group: string, name: string) =>
    (groups.includes("*") || groups.includes(group)) && (names.includes("*") || names.includes(name));
  const plural = `${manifest.kind.toLowerCase().replace(/y$/, "ie")}s`;
  return means(groupOf(manifest), plural) || (podOf(manifest) !== undefined && means("", "pods"));
}

export default defineRule({
  id: "POL-01",
  severity: "warn",
  title: {
    en: "A namespace the admission policy does not reach",
    de: "Ein Namespace, den die Admission-Policy nicht erreicht",
    es: "Un namespace que la política de admisión no alcanza",
    zh: "命名空间不在准入策略范围内",
  },
  why: {
    en: "The policy is bound by a label; where the label is missing everything is admitted, without any sign.",
    de: "Die Policy hängt an einem Label; wo es fehlt, wird alles zugelassen, ohne jedes Zeichen.",
    es: "La política depende de una etiqueta; donde falta, todo se admite sin ninguna señal.",
    zh: "策略靠标签绑定；缺少标签的地方一切都会放行，且毫无提示。",
  },
  message: {
    en: "{object} holds {what}, and the policy {policy} asks for {selector}.",
    de: "{object} enthält {what}; die Policy {policy} verlangt {selector}.",
    es: "{object} contiene {what}, y la política {policy} pide {selector}.",
    zh: "{object} 中有 {what}，而策略 {policy} 要求 {selector}。",
  },
  fix: {
    en: "Give the namespace the label, or bind the policy to all namespaces but the system's.",
    de: "Dem Namespace das Label geben oder die Policy an alle Namespaces außer denen des Systems binden.",
    es: "Dé la etiqueta al namespace, o enlace la política a todos salvo los del sistema.",
    zh: "给命名空间加上标签，或把策略绑定到除系统外的所有命名空间。",
  },
  source: "https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/",
  check: (context) => {
    const manifests = applied(context);
    const bindings = boundByLabel(manifests);
    if (bindings.length === 0) return [];
    const byNamespace = Map.groupBy(manifests, (manifest) => manifest.namespace);
    return manifests.flatMap((namespace): Hit[] => {
      if (namespace.kind !== "Namespace" || groupOf(namespace) !== "" || namespace.name.startsWith("kube-"))
        return [];
      const labels = { ...labelsOf(namespace), [NAME_LABEL]: namespace.name };
      return bindings.flatMap(({ policy, selector, governs }): Hit[] => {
        if (matchesSelector(selector, labels)) return [];
        const inside = (byNamespace.get(namespace.name) ?? []).find(
          (one) => (!isTemplated(namespace.name) || one.path === namespace.path) && governs(one),
        );
        if (inside === undefined) return [];
        const values = { what: show(inside), policy, selector: showSelector(selector) };
        return [hit(namespace, { pointer: "/metadata/labels", values })];
      });
    });
  },
  examples: {
    bad: [
      {
        "a.yaml": `{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: images}, spec: {matchConstraints: {resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]}}}
---
{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicyBinding, metadata: {name: images}, spec: {policyName: images, validationActions: [Deny], matchResources: {namespaceSelector: {matchLabels: {edge.example.com/tenant: "yes"}}}}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: apps}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {replicas: 1, selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: []}}}}
`,
      },
    ],
    good: [
      {
        "a.yaml": `{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: images}, spec: {matchConstraints: {resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]}}}
---
{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicyBinding, metadata: {name: images}, spec: {policyName: images, validationActions: [Deny], matchResources: {namespaceSelector: {matchLabels: {edge.example.com/tenant: "yes"}}}}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: apps, labels: {edge.example.com/tenant: "yes"}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {replicas: 1, selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: []}}}}
`,
      },
    ],
  },
});
