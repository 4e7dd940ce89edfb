import { isTogether } from "#model/holdings.ts";
import { applied, groupOf, hit, show } from "#model/manifest.ts";
import { defineRule, type Hit } from "#model/rule.ts";
import { candidates, matchesSelector, podsOf } from "#model/selectors.ts";
import { type Fields, map, word } from "#model/value.ts";

/** A number of pods, or a share of them. */
function amount(value: unknown, replicas: number, round: (share: number) => number): number {
  const text = word(value);
  return text.endsWith("%") ? round((Number.parseFloat(text) / 100) * replicas) : Number(text);
}

/** How many pods may go at once. A share is rounded up, for the minimum as for the maximum. */
function allowed({ minAvailable, maxUnavailable }: Fields, replicas: number): number {
  if (maxUnavailable !== undefined) return amount(maxUnavailable, replicas, Math.ceil);
  if (minAvailable === undefined) return replicas;
  return replicas - amount(minAvailable, replicas, Math.ceil);
}

export default defineRule({
  id: "HA-01",
  severity: "warn",
  title: {
    en: "A disruption budget that stops every drain",
    de: "Ein Disruption Budget, das jedes Drain aufhält",
    es: "Un presupuesto de interrupción que bloquea todo drain",
    zh: "中断预算会阻止所有节点排空",
  },
  why: {
    en: "An upgrade drains the node first: it then waits for ever, at a site nobody visits.",
    de: "Ein Upgrade leert zuerst den Knoten: es wartet dann für immer, an einem Standort, den niemand besucht.",
    es: "Una actualización primero vacía el nodo: entonces espera para siempre, en un sitio que nadie visita.",
    zh: "升级会先排空节点，于是在无人值守的站点上一直等下去。",
  },
  message: {
    en: "{object} allows no pod of {workload} to go (replicas: {replicas}).",
    de: "{object} lässt keinen Pod von {workload} gehen (Replikate: {replicas}).",
    es: "{object} no deja salir ningún pod de {workload} (réplicas: {replicas}).",
    zh: "{object} 不允许 {workload} 的任何 Pod 被驱逐（副本数：{replicas}）。",
  },
  fix: {
    en: "Remove the budget, or set maxUnavailable: 1.",
    de: "Das Budget entfernen oder maxUnavailable: 1 setzen.",
    es: "Elimine el presupuesto o ponga maxUnavailable: 1.",
    zh: "删除该预算，或设置 maxUnavailable: 1。",
  },
  source: "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
  check: (context) => {
    const { nodesPerSite } = context.setting;
    const pods = podsOf(context).filter(({ manifest }) =>
      /^(?:Deployment|StatefulSet|ReplicaSet|Rollout)$/.test(manifest.kind),
    );
    return applied(context).flatMap((budget): Hit[] => {
      if (budget.kind !== "PodDisruptionBudget" || groupOf(budget) !== "policy") return [];
      const spec = map(budget.doc.spec);
      return candidates(map(spec.selector), pods).flatMap(({ manifest, labels }): Hit[] => {
        if (!isTogether(manifest.namespace, budget.namespace) || manifest.target !== budget.target) return [];
        if (!matchesSelector(map(spec.selector), labels)) return [];
        const replicas = Number(map(manifest.doc.spec).replicas ?? 1);
        // On the only node an evicted pod has nowhere to go, so the second one is refused.
        const alone = nodesPerSite === 1 && spec.maxUnavailable === undefined && replicas > 0;
        const left = allowed(spec, replicas);
        if (!(left <= 0 || (alone && left < replicas))) return [];
        return [hit(budget, { pointer: "/spec", values: { workload: show(manifest), replicas } })];
      });
    });
  },
  examples: {
    bad: [
      {
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {replicas: 1, selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: []}}}}
---
{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: till, namespace: apps}, spec: {minAvailable: 1, selector: {matchLabels: {app: till}}}}
`,
      },
      {
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {replicas: 3, selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: []}}}}
---
{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: till, namespace: apps}, spec: {maxUnavailable: 0, selector: {matchLabels: {app: till}}}}
`,
      },
    ],
    good: [
      {
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {replicas: 1, selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: []}}}}
---
{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: till, namespace: apps}, spec: {maxUnavailable: 1, selector: {matchLabels: {app: till}}}}
`,
      },
      {
        "a.yaml": `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {replicas: 3, selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: []}}}}
---
{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: till, namespace: apps}, spec: {minAvailable: 2, selector: {matchLabels: {app: till}}}}
`,
      },
    ],
  },
});
