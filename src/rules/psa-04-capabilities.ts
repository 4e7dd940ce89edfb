import { applied, each } from "#model/manifest.ts";
import { firstGap } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "PSA-04",
  severity: "warn",
  title: {
    en: "Capabilities are not dropped",
    de: "Capabilities werden nicht abgelegt",
    es: "No se descartan las capabilities",
    zh: "未移除 capabilities",
  },
  why: {
    en: "The default set lets a container change file owners and open raw sockets, which hardly any needs.",
    de: "Der Vorgabesatz erlaubt Eigentümerwechsel und Raw-Sockets, was kaum ein Container braucht.",
    es: "El conjunto por defecto permite cambiar propietarios y abrir sockets raw, que casi nadie necesita.",
    zh: "默认集合允许修改文件属主和打开原始套接字，而几乎没有容器需要。",
  },
  message: {
    en: "{object}: {containers} leaves out {fields}.",
    de: "{object}: {containers} ohne {fields}.",
    es: "{object}: {containers} no define {fields}.",
    zh: "{object}：{containers} 未设置 {fields}。",
  },
  fix: {
    en: "Set capabilities.drop to [ALL].",
    de: "capabilities.drop auf [ALL] setzen.",
    es: "Defina capabilities.drop como [ALL].",
    zh: "把 capabilities.drop 设为 [ALL]。",
  },
  source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
  check: (context) => each(applied(context), (manifest) => firstGap("capabilities.drop", manifest)),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, securityContext: {allowPrivilegeEscalation: false, runAsNonRoot: true}}]}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, securityContext: {allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: {drop: [ALL]}}}]}}\n",
      },
    ],
  },
});
