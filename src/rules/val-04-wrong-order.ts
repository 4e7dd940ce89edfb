import { addressesOf, isInside } from "#model/addresses.ts";
import { applied, each, hit } from "#model/manifest.ts";
import { defineRule, type Manifest } from "#model/rule.ts";
import { map, maps, strings, word } from "#model/value.ts";

type Wrong = { pointer: string; field: string; value: string; than: string };

function* outOfOrder({ kind, doc }: Manifest): Generator<Wrong> {
  const spec = map(doc.spec);
  if (kind === "HorizontalPodAutoscaler") {
    const { minReplicas: least, maxReplicas: most } = spec;
    if (typeof least === "number" && typeof most === "number" && least > most)
      yield {
        pointer: "/spec/minReplicas",
        field: "minReplicas",
        value: word(least),
        than: `maxReplicas ${most}`,
      };
  }
  if (kind === "Deployment") {
    const { maxSurge, maxUnavailable } = map(map(spec.strategy).rollingUpdate);
    const isNone = (value: unknown) => /^0%?$/.test(word(value));
    if (isNone(maxSurge) && isNone(maxUnavailable)) {
      const value = {
        field: "maxUnavailable",
        value: word(maxUnavailable),
        than: `maxSurge ${word(maxSurge)}`,
      };
      yield { pointer: "/spec/strategy/rollingUpdate/maxUnavailable", ...value };
    }
  }
  if (kind !== "NetworkPolicy") return;
  for (const [direction, peers] of [
    ["ingress", "from"],
    ["egress", "to"],
  ] as const) {
    for (const [i, rule] of maps(spec[direction]).entries()) {
      const pointer = `/spec/${direction}/${i}`;
      yield* portsOutOfOrder(rule, pointer);
      for (const [j, { ipBlock }] of maps(rule[peers]).entries()) {
        const block = map(ipBlock);
        for (const except of strings(block.except)) {
          if (isWithin(except, word(block.cidr))) continue;
          const value = { field: "except", value: except, than: `cidr ${word(block.cidr)}` };
          yield { pointer: `${pointer}/${peers}/${j}/ipBlock/except`, ...value };
        }
      }
    }
  }
}

function* portsOutOfOrder(rule: Record<string, unknown>, pointer: string): Generator<Wrong> {
  for (const [j, { port, endPort }] of maps(rule.ports).entries()) {
    if (typeof port !== "number" || typeof endPort !== "number" || endPort >= port) continue;
    const value = { field: "endPort", value: word(endPort), than: `port ${port}` };
    yield { pointer: `${pointer}/ports/${j}/endPort`, ...value };
  }
}

/** Whether one range lies inside a larger one; what cannot be read is the schema's to say. */
function isWithin(inner: string, outer: string): boolean {
  const [[one], [other]] = [addressesOf(inner), addressesOf(outer)];
  if (!one?.includes("/") || !other?.includes("/")) return true;
  return isInside(one, other) && !isInside(other, one);
}

export default defineRule({
  id: "VAL-04",
  severity: "block",
  title: {
    en: "Bounds that contradict each other",
    de: "Grenzen, die einander widersprechen",
    es: "Límites que se contradicen",
    zh: "上下限互相矛盾",
  },
  why: {
    en: "The API server refuses the object; each value is right by itself, so no schema sees it.",
    de: "Der API-Server lehnt das Objekt ab; jeder Wert ist für sich richtig, deshalb sieht es kein Schema.",
    es: "El servidor de API rechaza el objeto; cada valor es correcto por sí solo y ningún esquema lo ve.",
    zh: "API 服务器会拒绝该对象；每个值单独看都正确，因此 schema 发现不了。",
  },
  message: {
    en: "{object}: {field} {value} does not fit {than}.",
    de: "{object}: {field} {value} passt nicht zu {than}.",
    es: "{object}: {field} {value} no encaja con {than}.",
    zh: "{object}：{field} {value} 与 {than} 不符。",
  },
  fix: {
    en: "Keep minReplicas at or below maxReplicas, endPort at or above port, except inside cidr, and one of maxSurge and maxUnavailable above zero.",
    de: "minReplicas höchstens so groß wie maxReplicas, endPort mindestens so groß wie port, except innerhalb von cidr; maxSurge oder maxUnavailable größer als null.",
    es: "minReplicas no debe superar maxReplicas, endPort no debe ser menor que port y except debe quedar dentro de cidr y maxSurge o maxUnavailable debe ser mayor que cero.",
    zh: "minReplicas 不得大于 maxReplicas，endPort 不得小于 port，except 必须在 cidr 之内，maxSurge 与 maxUnavailable 不能同时为零。",
  },
  source:
    "https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-range-of-ports",
  check: (context) =>
    each(applied(context), function* (manifest) {
      for (const { pointer, ...values } of outOfOrder(manifest)) yield hit(manifest, { pointer, values });
    }),
  examples: {
    bad: [
      "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: till, namespace: apps}, spec: {minReplicas: 3, maxReplicas: 2, scaleTargetRef: {kind: Deployment, name: till}}}\n",
      rollout("maxSurge: 0, maxUnavailable: 0%"),
      policy("ingress: [{ports: [{port: 8000, endPort: 7000}]}]"),
      policy("egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}}]}]"),
      policy("ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/16, except: [10.0.0.0/8]}}]}]"),
      policy("ingress: [{from: [{ipBlock: {cidr: 'fd00::/16', except: [10.0.0.0/8]}}]}]"),
    ].map((text) => ({ "a.yaml": text })),
    good: [
      "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: till, namespace: apps}, spec: {minReplicas: 2, maxReplicas: 2, scaleTargetRef: {kind: Deployment, name: till}}}\n",
      rollout("maxSurge: 0, maxUnavailable: 1"),
      policy("ingress: [{ports: [{port: 8000, endPort: 8000}, {port: http}]}]"),
      policy("egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, '${x}']}}]}]"),
      policy("egress: [{to: [{ipBlock: {cidr: '::/0', except: ['fd00::/8']}}]}]"),
    ].map((text) => ({ "a.yaml": text })),
  },
});

function policy(spec: string): string {
  return `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: till, namespace: apps}, spec: {podSelector: {}, ${spec}}}\n`;
}

function rollout(fields: string): string {
  return `{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {strategy: {rollingUpdate: {${fields}}}, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: []}}}}\n`;
}
