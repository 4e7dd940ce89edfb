import { syntaxRule } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

export default defineRule({
  id: "YAML-07",
  severity: "block",
  title: {
    en: "Binary data in a YAML file",
    de: "Binärdaten in einer YAML-Datei",
    es: "Datos binarios en un archivo YAML",
    zh: "YAML 文件含二进制数据",
  },
  why: {
    en: "YAML allows no control characters; the engine refuses the file.",
    de: "YAML erlaubt keine Steuerzeichen; die Engine lehnt die Datei ab.",
    es: "YAML no admite caracteres de control; el motor rechaza el archivo.",
    zh: "YAML 不允许控制字符，引擎会拒绝该文件。",
  },
  message: {
    en: "The file holds control characters or is no text.",
    de: "Die Datei enthält Steuerzeichen oder ist kein Text.",
    es: "El archivo contiene caracteres de control o no es texto.",
    zh: "文件含控制字符，或并非文本。",
  },
  fix: {
    en: "Save it as UTF-8 text, or put binary data into binaryData as base64.",
    de: "Als UTF-8-Text speichern oder Binärdaten als base64 in binaryData legen.",
    es: "Guárdelo como texto UTF-8 o ponga los datos en binaryData como base64.",
    zh: "保存为 UTF-8 文本，或以 base64 放入 binaryData。",
  },
  source: "https://yaml.org/spec/1.2.2/#51-character-set",
  check: syntaxRule("binary"),
  examples: {
    bad: [{ "a.yaml": "kind: ConfigMap\u0000\n" }],
    good: [{ "a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n" }],
  },
});
