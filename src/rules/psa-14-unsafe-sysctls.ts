import { each, hit, judged, podOf, withPods } from "#model/manifest.ts";
import { isSystem } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { map, maps, word } from "#model/value.ts";

/** Safe ones of Kubernetes 1.36. */
const SAFE = new Set([
  ...["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies"],
  ...["net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ip_local_reserved_ports"],
  ...["net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl"],
  ...["net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"],
]);

export default defineRule({
  id: "PSA-14",
  severity: "block",
  title: {
    en: "A pod that changes the node's kernel settings",
    de: "Ein Pod, der Kerneleinstellungen des Knotens ändert",
    es: "Un pod que cambia ajustes del kernel del nodo",
    zh: "Pod 更改节点的内核参数",
  },
  why: {
    en: "The kubelet refuses unsafe sysctls unless every node allows them, and what is allowed hits all pods of the device.",
    de: "Das kubelet lehnt unsichere Sysctls ab, solange nicht jeder Knoten sie erlaubt; erlaubt treffen sie alle Pods des Geräts.",
    es: "El kubelet rechaza los sysctls inseguros salvo que cada nodo los permita, y entonces afectan a todos los pods.",
    zh: "除非每个节点都放行，否则 kubelet 会拒绝不安全的 sysctl；一旦放行，会影响设备上的所有 Pod。",
  },
  message: {
    en: "{object} sets the sysctl {sysctl}.",
    de: "{object} setzt den Sysctl {sysctl}.",
    es: "{object} define el sysctl {sysctl}.",
    zh: "{object} 设置了 sysctl {sysctl}。",
  },
  fix: {
    en: "Remove it, or set it in the device image.",
    de: "Entfernen oder im Geräte-Image setzen.",
    es: "Elimínelo o defínalo en la imagen del dispositivo.",
    zh: "删除它，或在设备镜像中设置。",
  },
  source: "https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls",
  check: (context) =>
    each(withPods(judged(context)), function* (manifest) {
      const pod = podOf(manifest);
      if (pod === undefined || isSystem(manifest)) return;
      for (const [i, { name }] of maps(map(pod.spec.securityContext).sysctls).entries()) {
        const sysctl = word(name).replaceAll("/", ".");
        if (sysctl === "" || SAFE.has(sysctl)) continue;
        yield hit(manifest, { pointer: `${pod.pointer}/securityContext/sysctls/${i}`, values: { sysctl } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {securityContext: {sysctls: [{name: kernel.msgmax, value: "65536"}]}, containers: []}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: "1"}]}, containers: []}}\n',
      },
    ],
  },
});
