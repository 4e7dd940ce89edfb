import { applied, each } from "#model/manifest.ts";
import { firstGap } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "PSA-02",
  severity: "warn",
  title: {
    en: "Privilege escalation is not switched off",
    de: "Rechteausweitung ist nicht abgeschaltet",
    es: "No se ha desactivado la escalada de privilegios",
    zh: "未禁止提权",
  },
  why: {
    en: "A setuid program in the image can then gain more rights than the container was started with.",
    de: "Ein setuid-Programm im Image kann dann mehr Rechte erlangen, als der Container beim Start hatte.",
    es: "Un programa setuid de la imagen puede obtener más permisos de los que tenía el contenedor.",
    zh: "镜像中的 setuid 程序可借此获得超出启动时的权限。",
  },
  message: {
    en: "{object}: {containers} leaves out {fields}.",
    de: "{object}: {containers} ohne {fields}.",
    es: "{object}: {containers} no define {fields}.",
    zh: "{object}：{containers} 未设置 {fields}。",
  },
  fix: {
    en: "Set {fields} as the restricted profile asks.",
    de: "{fields} setzen, wie es das Profil restricted verlangt.",
    es: "Defina {fields} como pide el perfil restricted.",
    zh: "按 restricted 配置设置 {fields}。",
  },
  source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
  check: (context) => each(applied(context), (manifest) => firstGap("allowPrivilegeEscalation", manifest)),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, image: "a:1"}]}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, securityContext: {allowPrivilegeEscalation: false}}]}}\n",
      },
    ],
  },
});
