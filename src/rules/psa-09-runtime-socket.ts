import { each, hit, judged, podOf, withPods } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map, maps, word } from "#model/value.ts";

/** Docker, containerd, CRI-O, Podman; K3s, k0s, MicroK8s and RKE2 keep theirs below their own folders. */
const SOCKETS = /(?:docker|containerd|crio|cri-dockerd|podman|buildkitd)\.sock$/;
const FOLDERS =
  /^\/(?:var\/)?run\/(?:docker|containerd|crio|podman|k3s(?:\/containerd)?|k0s(?:\/containerd)?)?\/?$|^\/var\/snap\/microk8s\/common\/run\/?$/;

export default defineRule({
  id: "PSA-09",
  severity: "block",
  title: {
    en: "A pod that mounts the container runtime's socket",
    de: "Ein Pod, der den Socket der Container-Laufzeit einbindet",
    es: "Un pod que monta el socket del runtime de contenedores",
    zh: "Pod 挂载了容器运行时的套接字",
  },
  why: {
    en: "Whoever reaches the socket starts any container as root on the node: the pod owns the device.",
    de: "Wer den Socket erreicht, startet beliebige Container als root auf dem Knoten: dem Pod gehört das Gerät.",
    es: "Quien llega al socket arranca cualquier contenedor como root en el nodo: el pod es dueño del dispositivo.",
    zh: "能访问该套接字就能以 root 在节点上启动任意容器，等于掌控整台设备。",
  },
  message: {
    en: "{object} mounts {directory} of the node.",
    de: "{object} bindet {directory} des Knotens ein.",
    es: "{object} monta {directory} del nodo.",
    zh: "{object} 挂载了节点的 {directory}。",
  },
  fix: {
    en: "Remove the mount; build images in CI and read logs through the API.",
    de: "Den Mount entfernen; Images in der CI bauen und Logs über die API lesen.",
    es: "Elimine el montaje; construya imágenes en CI y lea los registros por la API.",
    zh: "删除该挂载；镜像在 CI 中构建，日志通过 API 读取。",
  },
  source: "https://docs.kubelinter.io/#/generated/checks?id=docker-sock",
  check: (context) =>
    each(withPods(judged(context)), function* (manifest) {
      const pod = podOf(manifest);
      for (const [i, volume] of maps(pod?.spec.volumes).entries()) {
        const directory = word(map(volume.hostPath).path);
        if (!SOCKETS.test(directory) && !FOLDERS.test(directory)) continue;
        yield hit(manifest, { pointer: `${pod!.pointer}/volumes/${i}/hostPath`, values: { directory } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [], volumes: [{name: s, hostPath: {path: /var/run/docker.sock}}]}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [], volumes: [{name: s, hostPath: {path: /run/k3s/containerd/containerd.sock}}]}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [], volumes: [{name: s, hostPath: {path: /run/udev}}]}}\n",
      },
    ],
  },
});
