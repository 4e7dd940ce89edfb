import { each, hit, isTemplated, judged, podOf } from "#model/manifest.ts";
import { defineRule, type Manifest } from "#model/rule.ts";
import { isMap, map } from "#model/value.ts";

const VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

function isKey(key: string): boolean {
  const slash = key.indexOf("/");
  return NAME.test(key.slice(slash + 1)) && (slash < 0 || PREFIX.test(key.slice(0, slash)));
}

/** Where labels stand besides an object's own, which its schema checks: templates, selectors, nodeSelectors. */
function places(manifest: Manifest): { field: string; labels: unknown; pointer: string }[] {
  const spec = map(manifest.doc.spec);
  const selector = map(spec.selector);
  const found = [
    {
      field: "selector",
      labels: selector.matchLabels ?? (manifest.kind === "Service" ? selector : {}),
      pointer: "/spec/selector",
    },
    { field: "podSelector", labels: map(spec.podSelector).matchLabels, pointer: "/spec/podSelector" },
  ];
  const pod = podOf(manifest);
  if (pod === undefined) return found;
  const template = pod.pointer.replace(/\/spec$/, "/metadata/labels");
  return [
    ...found,
    ...(manifest.kind === "Pod"
      ? []
      : [{ field: "template", labels: pod.metadata.labels, pointer: template }]),
    { field: "nodeSelector", labels: pod.spec.nodeSelector, pointer: `${pod.pointer}/nodeSelector` },
  ];
}

export default defineRule({
  id: "LBL-01",
  severity: "block",
  title: {
    en: "A label the API server refuses",
    de: "Ein Label, das der API-Server ablehnt",
    es: "Una etiqueta que el servidor de API rechaza",
    zh: "API 服务器会拒绝的标签",
  },
  why: {
    en: "The object is not applied, and nothing after it either.",
    de: "Das Objekt wird nicht angewendet, und nichts danach.",
    es: "El objeto no se aplica, ni lo que va detrás.",
    zh: "该对象及其后的内容都不会应用。",
  },
  message: {
    en: '{object}: label {key} is "{value}" under {field}.',
    de: "{object}: Label {key} ist „{value}“ unter {field}.",
    es: "{object}: la etiqueta {key} es «{value}» en {field}.",
    zh: "{object}：{field} 下的标签 {key} 为 “{value}”。",
  },
  fix: {
    en: "Use at most 63 letters, digits, - _ or ., with a letter or digit at both ends, and quote what YAML reads as something else.",
    de: "Höchstens 63 Buchstaben, Ziffern, - _ oder . verwenden, an beiden Enden Buchstabe oder Ziffer, und in Anführungszeichen setzen, was YAML anders liest.",
    es: "Use hasta 63 letras, dígitos, - _ o ., con letra o dígito en ambos extremos, y entrecomille lo que YAML lee de otro modo.",
    zh: "最多 63 个字母、数字、- _ 或 .，两端须为字母或数字；会被 YAML 读成其他类型的值要加引号。",
  },
  source:
    "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set",
  check: (context) =>
    each(judged(context), function* (manifest) {
      for (const { field, labels, pointer } of places(manifest)) {
        if (!isMap(labels)) continue;
        for (const [key, value] of Object.entries(labels)) {
          const text = typeof value === "string" ? value : JSON.stringify(value);
          if (isTemplated(key) || isTemplated(text)) continue;
          // Numbers and booleans are a matter of types, which the schema names.
          if (isKey(key) && (typeof value !== "string" || VALUE.test(value))) continue;
          yield hit(manifest, { pointer, values: { key, value: text || "–", field } });
        }
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: "a till"}}, spec: {containers: []}}}}\n',
      },
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {nodeSelector: {"edge.example.com/": kiosk}, containers: []}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: till, namespace: apps}, spec: {selector: {matchLabels: {app: till}}, template: {metadata: {labels: {app: till}}, spec: {nodeSelector: {kubernetes.io/arch: arm64}, containers: []}}}}\n",
      },
    ],
  },
});
