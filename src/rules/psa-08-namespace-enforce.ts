import { applied, each, hit, isTemplated, labelsOf, ofKind } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { word } from "#model/value.ts";

/** Namespaces whose pods work on the node itself; they must say so with an explicit label. */
const NODE_NAMESPACES = new Set([
  "kube-system",
  "system-upgrade",
  "kube-flannel",
  "longhorn-system",
  "spin-operator",
  "operator-system",
]);

export default defineRule({
  id: "PSA-08",
  severity: "warn",
  title: {
    en: "A namespace enforces no pod security",
    de: "Ein Namespace erzwingt keine Pod-Sicherheit",
    es: "Un namespace no impone seguridad de pods",
    zh: "命名空间未强制 Pod 安全",
  },
  why: {
    en: "The label makes the API server refuse what the rules here would find, also when somebody applies by hand.",
    de: "Mit dem Label lehnt der API-Server ab, was diese Regeln fänden, auch bei Änderungen von Hand.",
    es: "Con la etiqueta el servidor de API rechaza lo que estas reglas hallarían, también a mano.",
    zh: "该标签让 API 服务器直接拒绝这里能发现的问题，手工操作也不例外。",
  },
  message: {
    en: "{object} enforces {level}.",
    de: "{object} erzwingt {level}.",
    es: "{object} impone {level}.",
    zh: "{object} 强制级别为 {level}。",
  },
  fix: {
    en: "Set the label pod-security.kubernetes.io/enforce to restricted, or to baseline with a reason.",
    de: "Das Label pod-security.kubernetes.io/enforce auf restricted setzen, mit Grund auf baseline.",
    es: "Ponga la etiqueta pod-security.kubernetes.io/enforce en restricted, o en baseline con un motivo.",
    zh: "把标签 pod-security.kubernetes.io/enforce 设为 restricted；有理由时可用 baseline。",
  },
  source: "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
  check: (context) =>
    each(ofKind(applied(context), "Namespace"), function* (manifest) {
      const level = word(labelsOf(manifest)["pod-security.kubernetes.io/enforce"]);
      if (level === "restricted" || level === "baseline" || isTemplated(level)) return;
      if (level === "privileged" && NODE_NAMESPACES.has(manifest.name)) return;
      yield hit(manifest, { pointer: "/metadata/labels", values: { level: level || "–" } });
    }),
  examples: {
    bad: [{ "a.yaml": "{apiVersion: v1, kind: Namespace, metadata: {name: apps}}\n" }],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Namespace, metadata: {name: apps, labels: {pod-security.kubernetes.io/enforce: restricted}}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: v1, kind: Namespace, metadata: {name: system-upgrade, labels: {pod-security.kubernetes.io/enforce: privileged}}}\n",
      },
    ],
  },
});
