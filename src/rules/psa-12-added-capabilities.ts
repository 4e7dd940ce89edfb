import { containersOf, each, hit, judged, withPods } from "#model/manifest.ts";
import { isSystem } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { map, strings } from "#model/value.ts";

/** What the baseline profile lets a container add; the restricted one only the last. */
const BASELINE = new Set([
  ...["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "SETFCAP", "SETGID"],
  ...["SETPCAP", "SETUID", "SYS_CHROOT", "NET_BIND_SERVICE"],
]);

export default defineRule({
  id: "PSA-12",
  severity: "block",
  title: {
    en: "A container is given rights of root",
    de: "Ein Container bekommt Rechte von root",
    es: "Un contenedor recibe derechos de root",
    zh: "容器被授予 root 权限",
  },
  why: {
    en: "Such a capability is enough to leave the container or to change the node's network.",
    de: "Eine solche Capability genügt, um den Container zu verlassen oder das Netz des Knotens zu ändern.",
    es: "Una capacidad así basta para salir del contenedor o cambiar la red del nodo.",
    zh: "这类 capability 足以逃出容器或更改节点网络。",
  },
  message: {
    en: "{object}: {container} adds {capabilities}.",
    de: "{object}: {container} fügt {capabilities} hinzu.",
    es: "{object}: {container} añade {capabilities}.",
    zh: "{object}：{container} 添加了 {capabilities}。",
  },
  fix: {
    en: "Drop ALL and add back NET_BIND_SERVICE at most.",
    de: "ALL entziehen und höchstens NET_BIND_SERVICE wieder geben.",
    es: "Quite ALL y añada como mucho NET_BIND_SERVICE.",
    zh: "先去除 ALL，最多再加回 NET_BIND_SERVICE。",
  },
  source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
  check: (context) =>
    each(withPods(judged(context)), function* (manifest) {
      if (isSystem(manifest)) return;
      for (const { fields, name, pointer } of containersOf(manifest)) {
        const added = strings(map(map(fields.securityContext).capabilities).add).map((capability) =>
          capability.toUpperCase().replace(/^CAP_/, ""),
        );
        const strong = added.filter((capability) => !BASELINE.has(capability));
        const beyond = added.filter((capability) => capability !== "NET_BIND_SERVICE");
        if (beyond.length === 0) continue;
        yield hit(manifest, {
          pointer: `${pointer}/securityContext/capabilities/add`,
          values: { container: name, capabilities: beyond.join(", ") },
          severity: strong.length > 0 ? "block" : "warn",
        });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: till, image: "till:1.0.0", securityContext: {capabilities: {add: [NET_ADMIN]}}}]}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: till, image: "till:1.0.0", securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}}]}}\n',
      },
    ],
  },
});
