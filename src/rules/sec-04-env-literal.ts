import { containersOf, each, hit, judged, withPods } from "#model/manifest.ts";
import { isCredential } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { maps, word } from "#model/value.ts";

export default defineRule({
  id: "SEC-04",
  severity: "block",
  title: {
    en: "A credential stands in the pod",
    de: "Ein Zugang steht im Pod",
    es: "Una credencial está en el pod",
    zh: "Pod 中写有凭据",
  },
  why: {
    en: "Whoever may read pods or the repository reads the value.",
    de: "Wer Pods oder das Repository lesen darf, liest den Wert.",
    es: "Quien pueda leer pods o el repositorio lee el valor.",
    zh: "能读取 Pod 或仓库的人都能看到该值。",
  },
  message: {
    en: "{object}: container {container} sets {name} to a literal value.",
    de: "{object}: Container {container} setzt {name} auf einen festen Wert.",
    es: "{object}: el contenedor {container} define {name} con un valor literal.",
    zh: "{object}：容器 {container} 把 {name} 设为字面值。",
  },
  fix: {
    en: "Read it from a Secret with valueFrom.secretKeyRef.",
    de: "Mit valueFrom.secretKeyRef aus einem Secret lesen.",
    es: "Léalo de un Secret con valueFrom.secretKeyRef.",
    zh: "改用 valueFrom.secretKeyRef 从 Secret 读取。",
  },
  source: "https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-environment-variables",
  check: (context) =>
    each(withPods(judged(context)), function* (manifest) {
      for (const { fields, name: container, pointer } of containersOf(manifest)) {
        for (const [i, { name, value }] of maps(fields.env).entries()) {
          if (!isCredential(word(name), value)) continue;
          yield hit(manifest, { pointer: `${pointer}/env/${i}`, values: { container, name: word(name) } });
        }
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, env: [{name: DB_PASSWORD, value: hunter2}]}]}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}]}]}}\n",
      },
    ],
  },
});
