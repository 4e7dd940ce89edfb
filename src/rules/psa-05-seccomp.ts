import { applied, each } from "#model/manifest.ts";
import { firstGap } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "PSA-05",
  severity: "warn",
  title: {
    en: "No seccomp profile",
    de: "Kein seccomp-Profil",
    es: "Sin perfil seccomp",
    zh: "没有 seccomp 配置",
  },
  why: {
    en: "RuntimeDefault blocks the system calls most kernel exploits start with, and costs nothing.",
    de: "RuntimeDefault sperrt die Systemaufrufe, mit denen die meisten Kernel-Exploits beginnen, und kostet nichts.",
    es: "RuntimeDefault bloquea las llamadas con las que empiezan la mayoría de los exploits, sin coste.",
    zh: "RuntimeDefault 可拦截多数内核漏洞利用所用的系统调用，且没有代价。",
  },
  message: {
    en: "{object}: {containers} leaves out {fields}.",
    de: "{object}: {containers} ohne {fields}.",
    es: "{object}: {containers} no define {fields}.",
    zh: "{object}：{containers} 未设置 {fields}。",
  },
  fix: {
    en: "Set seccompProfile.type to RuntimeDefault.",
    de: "seccompProfile.type auf RuntimeDefault setzen.",
    es: "Defina seccompProfile.type como RuntimeDefault.",
    zh: "把 seccompProfile.type 设为 RuntimeDefault。",
  },
  source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
  check: (context) => each(applied(context), (manifest) => firstGap("seccompProfile", manifest)),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, securityContext: {allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: {drop: [ALL]}}}]}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {securityContext: {seccompProfile: {type: RuntimeDefault}}, containers: [{name: app, securityContext: {allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: {drop: [ALL]}}}]}}\n",
      },
    ],
  },
});
