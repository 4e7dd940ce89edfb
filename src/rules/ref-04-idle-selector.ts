import { holdingsOf, isTogether } from "#model/holdings.ts";
import { applied, each, groupOf, hit, labelsOf } from "#model/manifest.ts";
import { defineRule, type Manifest } from "#model/rule.ts";
import {
  candidates,
  isEmptySelector,
  type Labelled,
  matchesSelector,
  podsOf,
  showSelector,
} from "#model/selectors.ts";
import { type Fields, map, strings } from "#model/value.ts";

/** Kinds that select: which field holds the selector, and what it looks for. */
const SELECTING: Readonly<Record<string, { group: string; field: string; what: "Pod" | "Service" }>> = {
  NetworkPolicy: { group: "networking.k8s.io", field: "podSelector", what: "Pod" },
  PodDisruptionBudget: { group: "policy", field: "selector", what: "Pod" },
  PodMonitor: { group: "monitoring.coreos.com", field: "selector", what: "Pod" },
  ServiceMonitor: { group: "monitoring.coreos.com", field: "selector", what: "Service" },
};

function namespacesOf(list: readonly Labelled[]): string[] {
  return [...new Set(list.map(({ manifest }) => manifest.namespace))];
}

/** Monitors may look into other namespaces. */
function looksInto(spec: Fields, own: string): (namespace: string) => boolean {
  const { any, matchNames } = map(spec.namespaceSelector);
  const names = strings(matchNames);
  if (any === true) return () => true;
  return (namespace) => (names.length > 0 ? names : [own]).some((name) => isTogether(name, namespace));
}

export default defineRule({
  id: "REF-04",
  severity: "warn",
  title: {
    en: "A policy that selects nothing",
    de: "Eine Policy, die nichts auswählt",
    es: "Una política que no selecciona nada",
    zh: "策略没有选中任何对象",
  },
  why: {
    en: "It looks like protection or monitoring, and does nothing at all.",
    de: "Sie sieht nach Schutz oder Überwachung aus und bewirkt nichts.",
    es: "Parece protección o monitorización y no hace nada.",
    zh: "看似有防护或监控，实际毫无作用。",
  },
  message: {
    en: "{object} selects {selector}; no {what} in its namespace has these labels.",
    de: "{object} wählt {selector}; kein {what} in seinem Namespace hat diese Labels.",
    es: "{object} selecciona {selector}; ningún {what} de su namespace tiene esas etiquetas.",
    zh: "{object} 选择 {selector}，但其命名空间内没有带这些标签的 {what}。",
  },
  fix: {
    en: "Use labels that the {what} has.",
    de: "Labels verwenden, die der {what} hat.",
    es: "Use etiquetas que tenga el {what}.",
    zh: "使用 {what} 上实际存在的标签。",
  },
  source: "https://docs.kubelinter.io/#/generated/checks?id=dangling-networkpolicy",
  check: (context) => {
    const holdings = holdingsOf(context);
    const pods = podsOf(context);
    const services = applied(context)
      .filter((manifest) => manifest.kind === "Service" && groupOf(manifest) === "")
      .map((manifest) => ({ manifest, labels: labelsOf(manifest) }));
    const namespaces = { Pod: namespacesOf(pods), Service: namespacesOf(services) };
    return each(applied(context), function* (manifest: Manifest) {
      const selecting = SELECTING[manifest.kind];
      if (selecting === undefined || groupOf(manifest) !== selecting.group) return;
      const spec = map(manifest.doc.spec);
      const selector = map(spec[selecting.field]);
      const isIn = looksInto(spec, manifest.namespace);
      const all = selecting.what === "Pod" ? pods : services;
      // A namespace without pods of its own gets them from somewhere else.
      if (isEmptySelector(selector) || !namespaces[selecting.what].some(isIn)) return;
      const here = candidates(selector, all).filter((one) => isIn(one.manifest.namespace));
      if (here.some(({ labels }) => matchesSelector(selector, labels))) return;
      if (holdings.sight(manifest) !== "clear") return;
      const values = { selector: showSelector(selector), what: selecting.what };
      yield hit(manifest, { pointer: `/spec/${selecting.field}`, values });
    });
  },
  examples: {
    bad: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", ports: [{name: http, containerPort: 8080}]}]}}}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: till, namespace: apps}, spec: {podSelector: {matchLabels: {app: tell}}, policyTypes: [Ingress]}}
`,
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", ports: [{name: http, containerPort: 8080}]}]}}}}
---
{apiVersion: v1, kind: Service, metadata: {name: till, namespace: apps}, spec: {selector: {app: till}, ports: [{name: http, port: 80, targetPort: http}]}}
---
{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, endpoints: [{port: http}]}}
`,
      },
    ],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: till, image: "till:1.0.0", ports: [{name: http, containerPort: 8080}]}]}}}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: till, namespace: apps}, spec: {podSelector: {matchExpressions: [{key: app, operator: In, values: [till]}]}, policyTypes: [Ingress]}}
`,
      },
    ],
  },
});
