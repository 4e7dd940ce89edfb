import { applied, each } from "#model/manifest.ts";
import { firstGap } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "PSA-03",
  severity: "warn",
  title: {
    en: "A container may run as root",
    de: "Ein Container darf als root laufen",
    es: "Un contenedor puede ejecutarse como root",
    zh: "容器可能以 root 运行",
  },
  why: {
    en: "Root inside a container is root on the node as soon as the runtime has a hole.",
    de: "Root im Container ist root auf dem Knoten, sobald die Runtime eine Lücke hat.",
    es: "Root dentro del contenedor es root en el nodo en cuanto el runtime tiene un fallo.",
    zh: "一旦运行时出现漏洞，容器内的 root 就是节点上的 root。",
  },
  message: {
    en: "{object}: {containers} leaves out {fields}.",
    de: "{object}: {containers} ohne {fields}.",
    es: "{object}: {containers} no define {fields}.",
    zh: "{object}：{containers} 未设置 {fields}。",
  },
  fix: {
    en: "Set runAsNonRoot: true, and a numeric user in the image.",
    de: "runAsNonRoot: true setzen, dazu einen numerischen Benutzer im Image.",
    es: "Defina runAsNonRoot: true y un usuario numérico en la imagen.",
    zh: "设置 runAsNonRoot: true，并在镜像中使用数字用户。",
  },
  source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
  check: (context) => each(applied(context), (manifest) => firstGap("runAsNonRoot", manifest)),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, securityContext: {allowPrivilegeEscalation: false}}]}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {runAsNonRoot: true}, containers: [{name: app, securityContext: {allowPrivilegeEscalation: false}}]}}\n",
      },
    ],
  },
});
