import { each, hit, judged, podOf, withPods } from "#model/manifest.ts";
import { isSystem } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { isMap, maps, word } from "#model/value.ts";

export default defineRule({
  id: "PSA-07",
  severity: "block",
  title: {
    en: "A pod mounts the node's file system",
    de: "Ein Pod bindet das Dateisystem des Knotens ein",
    es: "Un pod monta el sistema de archivos del nodo",
    zh: "Pod 挂载节点文件系统",
  },
  why: {
    en: "A hostPath reads and writes the device beside every quota; the container socket or / give it away whole.",
    de: "Ein hostPath liest und schreibt am Gerät an jeder Quote vorbei; Container-Socket oder / geben es ganz her.",
    es: "Un hostPath lee y escribe en el dispositivo al margen de cuotas; el socket de contenedores o / lo entregan entero.",
    zh: "hostPath 绕过配额直接读写设备；容器套接字或 / 等于交出整台设备。",
  },
  message: {
    en: "{object} mounts {directory} from the node.",
    de: "{object} bindet {directory} vom Knoten ein.",
    es: "{object} monta {directory} del nodo.",
    zh: "{object} 挂载节点的 {directory}。",
  },
  fix: {
    en: "Use a PersistentVolumeClaim or emptyDir; a node agent that needs it is excepted by a comment with its reason.",
    de: "Ein PersistentVolumeClaim oder emptyDir verwenden; ein Knotenagent, der es braucht, wird per Kommentar mit Grund ausgenommen.",
    es: "Use un PersistentVolumeClaim o emptyDir; un agente de nodo que lo necesite se exceptúa con un comentario y su motivo.",
    zh: "改用 PersistentVolumeClaim 或 emptyDir；确需如此的节点代理，用注释写明理由作为例外。",
  },
  source: "https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",
  check: (context) =>
    each(withPods(judged(context)), function* (manifest) {
      const pod = podOf(manifest);
      if (pod === undefined || isSystem(manifest)) return;
      for (const [i, volume] of maps(pod.spec.volumes).entries()) {
        if (!isMap(volume.hostPath)) continue;
        const directory = word(volume.hostPath.path) || "/";
        yield hit(manifest, { pointer: `${pod.pointer}/volumes/${i}/hostPath`, values: { directory } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [], volumes: [{name: s, hostPath: {path: /var/run/docker.sock}}]}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [], volumes: [{name: s, emptyDir: {}}]}}\n",
      },
    ],
  },
});
