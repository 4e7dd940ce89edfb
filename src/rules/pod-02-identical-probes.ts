import { applied, containersOf, each, hit, withPods } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { type Fields, isMap } from "#model/value.ts";

/** The same question, asked as often and given up as fast: the order of the fields says nothing. */
function isSame(one: unknown, other: unknown): boolean {
  if (!isMap(one) || !isMap(other)) return JSON.stringify(one) === JSON.stringify(other);
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isSame(one[key], other[key]));
}

function isDoubled({ livenessProbe, readinessProbe, startupProbe }: Fields): boolean {
  return isMap(livenessProbe) && startupProbe === undefined && isSame(livenessProbe, readinessProbe);
}

export default defineRule({
  id: "POD-02",
  severity: "warn",
  title: {
    en: "Liveness and readiness ask the same",
    de: "Liveness und Readiness fragen dasselbe",
    es: "Liveness y readiness preguntan lo mismo",
    zh: "存活探针与就绪探针相同",
  },
  why: {
    en: "A short overload then restarts the container instead of only taking it out of traffic, and a slow device restarts it for ever.",
    de: "Eine kurze Überlast startet den Container dann neu, statt ihn nur aus dem Verkehr zu nehmen; ein langsames Gerät tut es endlos.",
    es: "Una sobrecarga breve reinicia el contenedor en vez de solo retirarlo del tráfico, y un dispositivo lento lo reinicia sin fin.",
    zh: "短暂过载会重启容器，而不是只把它移出流量；慢设备上会无限重启。",
  },
  message: {
    en: "{object}: both probes of {container} are the same.",
    de: "{object}: beide Probes von {container} sind gleich.",
    es: "{object}: las dos sondas de {container} son iguales.",
    zh: "{object}：{container} 的两个探针完全相同。",
  },
  fix: {
    en: "Let liveness be slower or ask less, with a startupProbe for the start; or leave liveness out.",
    de: "Liveness langsamer oder genügsamer einstellen, für den Start eine startupProbe; oder Liveness weglassen.",
    es: "Haga liveness más lenta o menos exigente, con una startupProbe para el arranque; o quítela.",
    zh: "让存活探针更宽松或更慢，启动阶段用 startupProbe；或去掉存活探针。",
  },
  source: "https://github.com/zegl/kube-score/blob/master/README_PROBES.md",
  check: (context) =>
    each(withPods(applied(context)), (manifest) =>
      containersOf(manifest)
        .filter(({ fields }) => isDoubled(fields))
        .map(({ name, pointer }) =>
          hit(manifest, { pointer: `${pointer}/livenessProbe`, values: { container: name } }),
        ),
    ),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: till, image: "till:1.0.0", livenessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}, readinessProbe: {periodSeconds: 5, httpGet: {port: 80, path: /}}}]}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: till, image: "till:1.0.0", livenessProbe: {httpGet: {path: /, port: 80}, failureThreshold: 10}, readinessProbe: {httpGet: {port: 80, path: /}}}]}}\n',
      },
    ],
  },
});
