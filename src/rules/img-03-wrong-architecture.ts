import { containersOf, each, hit, judged, withPods } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { word } from "#model/value.ts";

const ARCH = /[-_:/.](amd64|x86_64|arm64v8|arm64|aarch64|arm32v7|armv7|armhf)(?=[-_:@/.]|$)/;
const NAMES: Readonly<Record<string, string>> = {
  x86_64: "amd64",
  aarch64: "arm64",
  arm64v8: "arm64",
  arm32v7: "armv7",
  armhf: "armv7",
};

export default defineRule({
  id: "IMG-03",
  severity: "block",
  title: {
    en: "An image for another processor",
    de: "Ein Image für einen anderen Prozessor",
    es: "Una imagen para otro procesador",
    zh: "镜像与处理器架构不符",
  },
  why: {
    en: 'The container ends at once with "exec format error", on every device of that kind.',
    de: "Der Container endet sofort mit „exec format error“, auf jedem Gerät dieser Art.",
    es: "El contenedor termina al instante con «exec format error» en todos esos dispositivos.",
    zh: "容器会立即以 “exec format error” 退出，该型号的所有设备都如此。",
  },
  message: {
    en: "{object}: container {container} uses {image}, which names the architecture {arch}.",
    de: "{object}: Container {container} verwendet {image}; der Name nennt die Architektur {arch}.",
    es: "{object}: el contenedor {container} usa {image}, que nombra la arquitectura {arch}.",
    zh: "{object}：容器 {container} 使用 {image}，其名称标明架构 {arch}。",
  },
  fix: {
    en: "Use a multi-architecture image, or one for the devices of this set.",
    de: "Ein Image für mehrere Architekturen oder eines für die Geräte dieses Sets verwenden.",
    es: "Use una imagen multiarquitectura o una para los dispositivos de este conjunto.",
    zh: "使用多架构镜像，或与该组设备匹配的镜像。",
  },
  source: "https://docs.docker.com/build/building/multi-platform/",
  check: (context) =>
    each(withPods(judged(context)), function* (manifest) {
      const wanted = context.setting.arch;
      for (const { fields, name, pointer } of containersOf(manifest)) {
        const image = word(fields.image);
        const named = ARCH.exec(image)?.[1];
        if (named === undefined) continue;
        const arch = NAMES[named] ?? named;
        if (wanted !== undefined && wanted.length > 0 && wanted.every((one) => one === arch)) continue;
        const unknown = wanted === undefined || wanted.length === 0;
        yield hit(manifest, {
          pointer: `${pointer}/image`,
          values: { container: name, image, arch },
          ...(unknown ? { severity: "warn" as const } : {}),
        });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, image: "example.com/app-amd64:1.0.0"}]}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, image: "example.com/app-arm64:1.0.0"}, {name: b, image: "example.com/app:1.0.0"}]}}\n',
      },
    ],
    setting: { arch: ["arm64"] },
  },
});
