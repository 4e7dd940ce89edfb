import { chartValues } from "#model/chart-values.ts";
import { containersOf, each, hit, isTemplated, judged, withPodsOrCharts } from "#model/manifest.ts";
import { hasDigest, tagOf } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { word } from "#model/value.ts";

export default defineRule({
  id: "IMG-01",
  severity: "block",
  title: {
    en: "An image without a fixed tag",
    de: "Ein Image ohne festes Tag",
    es: "Una imagen sin etiqueta fija",
    zh: "镜像没有固定标签",
  },
  why: {
    en: "latest is another program tomorrow: two sites of one ring run different things, and nothing can be rolled back.",
    de: "latest ist morgen ein anderes Programm: Zwei Standorte eines Rings laufen verschieden, und nichts lässt sich zurückrollen.",
    es: "latest será otro programa mañana: dos sitios del mismo anillo difieren y nada se puede revertir.",
    zh: "latest 明天就是另一个程序：同一批次的站点运行不同内容，且无法回滚。",
  },
  message: {
    en: "{object}: container {container} uses {image}.",
    de: "{object}: Container {container} verwendet {image}.",
    es: "{object}: el contenedor {container} usa {image}.",
    zh: "{object}：容器 {container} 使用 {image}。",
  },
  fix: {
    en: "Pin a version, and a digest with it.",
    de: "Eine Version festlegen, dazu einen Digest.",
    es: "Fije una versión y, con ella, un digest.",
    zh: "固定版本，并附上 digest。",
  },
  source: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  check: (context) =>
    each(withPodsOrCharts(judged(context)), function* (manifest) {
      for (const { key, parents, value, pointer } of chartValues(manifest)) {
        const isTag = key === "tag" && value === "latest";
        const isImage = key === "image" && typeof value === "string" && /:latest$/.test(value);
        if (!isTag && !isImage) continue;
        const place = [...parents, key].join(".");
        yield hit(manifest, { pointer, values: { container: place, image: word(value) }, severity: "warn" });
      }
      for (const { fields, name, pointer } of containersOf(manifest)) {
        const image = word(fields.image);
        if (image === "" || isTemplated(image) || hasDigest(image)) continue;
        if (!/^(?:latest)?$/.test(tagOf(image))) continue;
        yield hit(manifest, { pointer: `${pointer}/image`, values: { container: name, image } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, image: "registry.example.com:5000/app"}]}}\n',
      },
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, image: "nginx:latest"}]}}\n',
      },
      {
        "a.yaml":
          "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a}, spec: {values: {image: {repository: app, tag: latest}}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, image: "registry.example.com:5000/app:1.2.3"}]}}\n',
      },
    ],
  },
});
