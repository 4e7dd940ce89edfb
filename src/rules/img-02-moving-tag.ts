import { containersOf, each, hit, isTemplated, judged, withPods } from "#model/manifest.ts";
import { hasDigest, tagOf } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { word } from "#model/value.ts";

export default defineRule({
  id: "IMG-02",
  severity: "block",
  title: {
    en: "An image with a moving tag",
    de: "Ein Image mit beweglichem Tag",
    es: "Una imagen con etiqueta móvil",
    zh: "镜像标签会漂移",
  },
  why: {
    en: "A tag without a number, such as stable or main, points to something else after the next release.",
    de: "Ein Tag ohne Zahl, etwa stable oder main, zeigt nach der nächsten Version auf etwas anderes.",
    es: "Una etiqueta sin número, como stable o main, apunta a otra cosa tras la siguiente versión.",
    zh: "不含数字的标签（如 stable、main）在下次发布后就会指向别的内容。",
  },
  message: {
    en: "{object}: container {container} uses the moving tag {tag}.",
    de: "{object}: Container {container} verwendet das bewegliche Tag {tag}.",
    es: "{object}: el contenedor {container} usa la etiqueta móvil {tag}.",
    zh: "{object}：容器 {container} 使用会漂移的标签 {tag}。",
  },
  fix: {
    en: "Pin a version, and a digest with it.",
    de: "Eine Version festlegen, dazu einen Digest.",
    es: "Fije una versión y, con ella, un digest.",
    zh: "固定版本，并附上 digest。",
  },
  source: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  check: (context) =>
    each(withPods(judged(context)), function* (manifest) {
      for (const { fields, name, pointer } of containersOf(manifest)) {
        const image = word(fields.image);
        const tag = tagOf(image);
        if (isTemplated(image) || hasDigest(image) || /^(?:latest)?$/.test(tag) || /\d/.test(tag)) continue;
        yield hit(manifest, { pointer: `${pointer}/image`, values: { container: name, tag } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, image: "app:stable"}]}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, image: "app:stable-1.2"}]}}\n',
      },
    ],
  },
});
