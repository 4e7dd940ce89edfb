import { applied, containersOf, each, hit, isTemplated, PLACEHOLDER, withPods } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { word } from "#model/value.ts";

/** https://github.com/distribution/reference: a host may have capitals and a port, a repository may not; then tag and digest. */
const HOST =
  "(?:(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9-]+|:\\d+)|localhost|\\[[0-9a-f:]+\\](?::\\d+)?)/)?";
const PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const REFERENCE = new RegExp(
  `^${HOST}${PART}(?:/${PART})*(?::[\\w][\\w.-]{0,127})?(?:@[a-z0-9+.-]+:[0-9a-fA-F]{32,})?$`,
);

/** `%{SYSTEM_DEFAULT_REGISTRY}%` of K3s and the like. */
const FILLED_IN = /[{}<>]/;

export default defineRule({
  id: "IMG-06",
  severity: "block",
  title: {
    en: "An image name no runtime can read",
    de: "Ein Image-Name, den keine Laufzeit lesen kann",
    es: "Un nombre de imagen que ningún runtime entiende",
    zh: "容器运行时无法解析的镜像名",
  },
  why: {
    en: "The pod stays at InvalidImageName on every site; the API server takes the name without looking.",
    de: "Der Pod bleibt an jedem Standort bei InvalidImageName; der API-Server nimmt den Namen ungeprüft an.",
    es: "El pod se queda en InvalidImageName en todos los sitios; el servidor de API acepta el nombre sin mirarlo.",
    zh: "Pod 在每个站点都会停在 InvalidImageName；API 服务器不检查镜像名就接受。",
  },
  message: {
    en: '{object}: container {container} uses "{image}", which is no image name.',
    de: "{object}: Container {container} verwendet „{image}“; das ist kein Image-Name.",
    es: "{object}: el contenedor {container} usa «{image}», que no es un nombre de imagen.",
    zh: "{object}：容器 {container} 使用的 “{image}” 不是有效的镜像名。",
  },
  fix: {
    en: "Write host/path:tag@digest, the path in small letters and without spaces.",
    de: "Als host/pfad:tag@digest schreiben, den Pfad klein und ohne Leerzeichen.",
    es: "Escriba host/ruta:etiqueta@digest, con la ruta en minúsculas y sin espacios.",
    zh: "写成 host/path:tag@digest，路径须小写且不含空格。",
  },
  source: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  check: (context) =>
    each(withPods(applied(context)), (manifest) =>
      containersOf(manifest).flatMap(({ fields, name, pointer }) => {
        const image = word(fields.image);
        // A name in capitals alone is filled in by who builds on it.
        if (
          isTemplated(image) ||
          FILLED_IN.test(image) ||
          PLACEHOLDER.test(image) ||
          /^[A-Z0-9_]+(?::\w+)?$/.test(image)
        )
          return [];
        if (REFERENCE.test(image)) return [];
        return [hit(manifest, { pointer: `${pointer}/image`, values: { container: name, image } })];
      }),
    ),
  examples: {
    bad: [
      "registry.example.com/Till:1.0.0",
      "registry.example.com/till:1.0.0 ",
      "https://registry.example.com/till:1.0.0",
      "registry.example.com/till:1.0:0",
      "registry.example.com//till:1.0.0",
      "registry.example.com/till@sha256:123",
    ].map((image) => ({ "a.yaml": pod(image) })),
    good: [
      "till",
      "a/b_c/d--e.f:V1.0_x",
      "localhost/till:1",
      "Registry.example.com:5000/till:1.0.0",
      `registry.example.com/till:1.0.0@sha256:${"0a".repeat(32)}`,
      "CONTROLLER_IMAGE",
      "%{SYSTEM_DEFAULT_REGISTRY}%rancher/till:1.0.0",
      "${registry}/Till",
    ].map((image) => ({ "a.yaml": pod(image) })),
  },
});

function pod(image: string): string {
  return `{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: till, image: "${image}"}]}}\n`;
}
