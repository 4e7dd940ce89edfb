import { applied, containersOf, each, hit, isTemplated, podOf, withPods } from "#model/manifest.ts";
import { hasDigest } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { word } from "#model/value.ts";

export default defineRule({
  id: "IMG-04",
  severity: "warn",
  title: {
    en: "An image without a digest",
    de: "Ein Image ohne Digest",
    es: "Una imagen sin digest",
    zh: "镜像没有 digest",
  },
  why: {
    en: "A tag can be moved; only a digest is the same content at every site. Whether an architecture exists cannot be seen offline.",
    de: "Ein Tag lässt sich verschieben; nur ein Digest ist überall derselbe Inhalt. Ob es eine Architektur gibt, ist offline nicht zu sehen.",
    es: "Una etiqueta se puede mover; solo un digest es el mismo contenido en todos los sitios. La arquitectura no se puede comprobar sin conexión.",
    zh: "标签可以被移动，只有 digest 才能保证各站点内容一致；离线无法确认镜像支持哪些架构。",
  },
  message: {
    en: "{object} takes images without a digest: {images}.",
    de: "{object} nimmt Images ohne Digest: {images}.",
    es: "{object} usa imágenes sin digest: {images}.",
    zh: "{object} 使用没有 digest 的镜像：{images}。",
  },
  fix: {
    en: "Let CI pin digests, and verify architectures with docker manifest inspect.",
    de: "Digests von der CI festlegen lassen und Architekturen mit docker manifest inspect prüfen.",
    es: "Deje que la CI fije los digests y compruebe las arquitecturas con docker manifest inspect.",
    zh: "由 CI 固定 digest，并用 docker manifest inspect 核实架构。",
  },
  source: "https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy",
  check: (context) =>
    each(withPods(applied(context)), function* (manifest) {
      const images = containersOf(manifest)
        .map(({ fields }) => word(fields.image))
        .filter((image) => image !== "" && !isTemplated(image) && !hasDigest(image));
      if (images.length === 0) return;
      const pointer = `${podOf(manifest)!.pointer}/containers`;
      yield hit(manifest, {
        pointer,
        values: { images: [...new Set(images)].join(", ") },
      });
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, image: "app:1.0.0"}]}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, image: "app:1.0.0@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}]}}\n',
      },
    ],
  },
});
