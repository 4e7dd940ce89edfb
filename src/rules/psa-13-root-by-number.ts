import { containersOf, each, hit, judged, podOf, withPods } from "#model/manifest.ts";
import { isSystem } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { map } from "#model/value.ts";

export default defineRule({
  id: "PSA-13",
  severity: "block",
  title: {
    en: "A container that runs as root",
    de: "Ein Container, der als root läuft",
    es: "Un contenedor que se ejecuta como root",
    zh: "容器以 root 运行",
  },
  why: {
    en: "User 0 in the container is user 0 on the device; with runAsNonRoot the pod does not even start.",
    de: "Benutzer 0 im Container ist Benutzer 0 auf dem Gerät; mit runAsNonRoot startet der Pod gar nicht.",
    es: "El usuario 0 del contenedor es el usuario 0 del dispositivo; con runAsNonRoot el pod ni arranca.",
    zh: "容器内的用户 0 就是设备上的用户 0；若设置了 runAsNonRoot，Pod 根本无法启动。",
  },
  message: {
    en: "{object}: {who} has runAsUser: 0.",
    de: "{object}: {who} hat runAsUser: 0.",
    es: "{object}: {who} tiene runAsUser: 0.",
    zh: "{object}：{who} 设置了 runAsUser: 0。",
  },
  fix: {
    en: "Use a user id above 0, such as 65532.",
    de: "Eine Benutzerkennung über 0 verwenden, etwa 65532.",
    es: "Use un identificador de usuario mayor que 0, como 65532.",
    zh: "使用大于 0 的用户 ID，例如 65532。",
  },
  source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
  check: (context) =>
    each(withPods(judged(context)), function* (manifest) {
      const pod = podOf(manifest);
      if (pod === undefined || isSystem(manifest)) return;
      if (map(pod.spec.securityContext).runAsUser === 0) {
        const pointer = `${pod.pointer}/securityContext/runAsUser`;
        yield hit(manifest, { pointer, values: { who: "spec" } });
      }
      for (const { fields, name, pointer } of containersOf(manifest)) {
        if (map(fields.securityContext).runAsUser !== 0) continue;
        yield hit(manifest, { pointer: `${pointer}/securityContext/runAsUser`, values: { who: name } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: till, image: "till:1.0.0", securityContext: {runAsUser: 0}}]}}\n',
      },
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {securityContext: {runAsUser: 0}, containers: []}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {securityContext: {runAsUser: 65532}, containers: [{name: till, image: "till:1.0.0", securityContext: {runAsUser: 1000}}]}}\n',
      },
    ],
  },
});
