import { chartValues } from "#model/chart-values.ts";
import { containersOf, each, hit, judged, withPodsOrCharts } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "IMG-05",
  severity: { edge: "warn", hub: "off" },
  title: {
    en: "A container that pulls its image at every start",
    de: "Ein Container, der sein Image bei jedem Start zieht",
    es: "Un contenedor que descarga su imagen en cada arranque",
    zh: "容器每次启动都拉取镜像",
  },
  why: {
    en: "A site that is offline when the pod restarts cannot start it again, although the image lies on its disk.",
    de: "Ein Standort, der beim Neustart des Pods offline ist, kann ihn nicht wieder starten, obwohl das Image auf der Platte liegt.",
    es: "Un sitio sin conexión no puede reiniciar el pod, aunque la imagen esté en su disco.",
    zh: "站点离线时 Pod 一旦重启就无法启动，尽管镜像就在本地磁盘上。",
  },
  message: {
    en: "{object}: {container} has imagePullPolicy: Always.",
    de: "{object}: {container} hat imagePullPolicy: Always.",
    es: "{object}: {container} tiene imagePullPolicy: Always.",
    zh: "{object}：{container} 设置了 imagePullPolicy: Always。",
  },
  fix: {
    en: "Pin the image and write imagePullPolicy: IfNotPresent.",
    de: "Das Image fest benennen und imagePullPolicy: IfNotPresent schreiben.",
    es: "Fije la imagen y escriba imagePullPolicy: IfNotPresent.",
    zh: "固定镜像版本，并写成 imagePullPolicy: IfNotPresent。",
  },
  source: "https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy",
  check: (context) =>
    each(withPodsOrCharts(judged(context)), function* (manifest) {
      for (const { key, parents, value, pointer } of chartValues(manifest)) {
        if (!/^(?:imageP|p)ullPolicy$/.test(key) || value !== "Always") continue;
        yield hit(manifest, { pointer, values: { container: [...parents, key].join(".") } });
      }
      for (const { fields, name, pointer } of containersOf(manifest)) {
        if (fields.imagePullPolicy !== "Always") continue;
        yield hit(manifest, { pointer: `${pointer}/imagePullPolicy`, values: { container: name } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: till, image: "till:1.0.0", imagePullPolicy: Always}]}}\n',
      },
      {
        "a.yaml":
          "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: till, namespace: apps}, spec: {interval: 1h, values: {image: {pullPolicy: Always}}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: till, image: "till:1.0.0", imagePullPolicy: IfNotPresent}]}}\n',
      },
    ],
  },
});
