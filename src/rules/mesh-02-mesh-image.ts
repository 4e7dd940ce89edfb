import { containersOf, each, hit, judged, withPods } from "#model/manifest.ts";
import { meshSeverity } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { word } from "#model/value.ts";

const IMAGES =
  /(?:^|\/)(?:istio\/(?:proxyv2|pilot|ztunnel|install-cni)|linkerd\/(?:proxy|controller|proxy-init)|hashicorp\/consul|kumahq\/)/;

export default defineRule({
  id: "MESH-02",
  severity: { edge: "block", hub: "off" },
  title: {
    en: "A mesh proxy runs in the pod",
    de: "Ein Mesh-Proxy läuft im Pod",
    es: "Un proxy de malla corre en el pod",
    zh: "Pod 中运行网格代理",
  },
  why: {
    en: "Each proxy costs tens of MiB, per pod, on every device of the fleet.",
    de: "Jeder Proxy kostet etliche MiB, je Pod, auf jedem Gerät der Flotte.",
    es: "Cada proxy cuesta decenas de MiB, por pod y en cada dispositivo de la flota.",
    zh: "每个代理占用数十 MiB，逐 Pod、逐设备累加。",
  },
  message: {
    en: "{object}: container {container} runs {image}.",
    de: "{object}: Container {container} betreibt {image}.",
    es: "{object}: el contenedor {container} ejecuta {image}.",
    zh: "{object}：容器 {container} 运行 {image}。",
  },
  fix: {
    en: "Remove the proxy container.",
    de: "Den Proxy-Container entfernen.",
    es: "Elimine el contenedor del proxy.",
    zh: "删除代理容器。",
  },
  source: "https://linkerd.io/2/reference/proxy-configuration/",
  check: (context) =>
    each(withPods(judged(context)), (manifest) =>
      containersOf(manifest).flatMap(({ fields, name, pointer }) => {
        const image = word(fields.image);
        if (!IMAGES.test(image)) return [];
        const severity = meshSeverity(context.setting);
        return [hit(manifest, { pointer: `${pointer}/image`, values: { container: name, image }, severity })];
      }),
    ),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: proxy, image: "docker.io/istio/proxyv2:1.30.3"}]}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, image: "example.com/app:1.0.0"}]}}\n',
      },
    ],
    setting: { memoryMiB: 2048 },
  },
});
