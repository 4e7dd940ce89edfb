import { applied, containersOf, each, hit, ofKind, podOf } from "#model/manifest.ts";
import { standsApart } from "#model/policy.ts";
import { defineRule, type Manifest, type RuleContext } from "#model/rule.ts";
import { map, maps, strings, word } from "#model/value.ts";

/** Without a value a quarter, rounded down: of fewer than four pods none. */
function mayBeMissing({ doc }: Manifest, replicas: number): boolean {
  const strategy = map(map(doc.spec).strategy);
  if (strategy.type === "Recreate") return true;
  const value = word(map(strategy.rollingUpdate).maxUnavailable) || "25%";
  return value.endsWith("%")
    ? Math.floor((Number.parseFloat(value) / 100) * replicas) > 0
    : Number(value) > 0;
}

/** What only one pod of a node, or one pod at all, can have. */
function taken(
  manifest: Manifest,
  { effective, setting }: RuleContext,
  replicas: number,
): string | undefined {
  const claims = maps(podOf(manifest)?.spec.volumes).map(({ persistentVolumeClaim }) =>
    word(map(persistentVolumeClaim).claimName),
  );
  const alone =
    claims.length === 0
      ? undefined
      : effective.find(
          ({ kind, name, doc }) =>
            kind === "PersistentVolumeClaim" &&
            claims.includes(name) &&
            strings(map(doc.spec).accessModes).includes("ReadWriteOncePod"),
        );
  if (alone !== undefined) return `ReadWriteOncePod (${alone.name})`;
  if (replicas < (setting.nodesPerSite ?? Number.POSITIVE_INFINITY)) return undefined;
  if (standsApart(manifest) !== undefined) return "podAntiAffinity";
  const ports = containersOf(manifest).flatMap(({ fields }) =>
    maps(fields.ports).map(({ hostPort }) => word(hostPort)),
  );
  const port = ports.find((one) => one !== "" && one !== "0");
  return port === undefined ? undefined : `hostPort: ${port}`;
}

export default defineRule({
  id: "HA-03",
  severity: "block",
  title: {
    en: "An update that waits for itself",
    de: "Ein Update, das auf sich selbst wartet",
    es: "Una actualización que se espera a sí misma",
    zh: "更新会卡住自己",
  },
  why: {
    en: "The new pod can only start where the old one is, and the old one only goes when the new one runs.",
    de: "Der neue Pod kann nur starten, wo der alte ist, und der alte geht erst, wenn der neue läuft.",
    es: "El pod nuevo solo puede arrancar donde está el viejo, y el viejo solo se va cuando el nuevo funciona.",
    zh: "新 Pod 只能在旧 Pod 的位置启动，而旧 Pod 要等新 Pod 运行后才退出。",
  },
  message: {
    en: "{object} updates with {what}, and no pod may be missing meanwhile.",
    de: "{object} aktualisiert mit {what}, und dabei darf kein Pod fehlen.",
    es: "{object} se actualiza con {what} y sin que falte ningún pod.",
    zh: "{object} 更新时带有 {what}，且期间不允许缺少 Pod。",
  },
  fix: {
    en: "Set strategy: Recreate, or rollingUpdate with maxUnavailable: 1.",
    de: "strategy: Recreate setzen oder rollingUpdate mit maxUnavailable: 1.",
    es: "Ponga strategy: Recreate, o rollingUpdate con maxUnavailable: 1.",
    zh: "设置 strategy: Recreate，或在 rollingUpdate 中设置 maxUnavailable: 1。",
  },
  source: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy",
  check: (context) =>
    each(ofKind(applied(context), "apps/Deployment"), function* (manifest) {
      const replicas = Number(map(manifest.doc.spec).replicas ?? 1);
      if (replicas === 0 || mayBeMissing(manifest, replicas)) return;
      const what = taken(manifest, context, replicas);
      if (what !== undefined) yield hit(manifest, { pointer: "/spec/strategy", values: { what } });
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {replicas: 1, selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: till}}}]}}, containers: []}}}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {replicas: 1, selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {containers: [{name: a, ports: [{containerPort: 80, hostPort: 80}]}]}}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {replicas: 1, strategy: {type: Recreate}, selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: till}}}]}}, containers: []}}}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {replicas: 1, strategy: {rollingUpdate: {maxUnavailable: 1}}, selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: till}}}]}}, containers: []}}}}\n",
      },
    ],
    setting: { nodesPerSite: 1 },
  },
});
