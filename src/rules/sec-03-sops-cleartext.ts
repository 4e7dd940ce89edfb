import { each, hit } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { isMap, map } from "#model/value.ts";

export default defineRule({
  id: "SEC-03",
  severity: "block",
  title: {
    en: "A SOPS document holds plain text",
    de: "Ein SOPS-Dokument enthält Klartext",
    es: "Un documento SOPS contiene texto claro",
    zh: "SOPS 文档中有明文",
  },
  why: {
    en: "A value outside of the encryption is readable although the file looks protected.",
    de: "Ein Wert außerhalb der Verschlüsselung ist lesbar, obwohl die Datei geschützt aussieht.",
    es: "Un valor fuera del cifrado se puede leer aunque el archivo parezca protegido.",
    zh: "未被加密的值依然可读，尽管文件看起来受到保护。",
  },
  message: {
    en: "{object}: {key} is not encrypted.",
    de: "{object}: {key} ist nicht verschlüsselt.",
    es: "{object}: {key} no está cifrado.",
    zh: "{object}：{key} 未加密。",
  },
  fix: {
    en: "Check encrypted_regex and encrypt the file again.",
    de: "encrypted_regex prüfen und die Datei erneut verschlüsseln.",
    es: "Revise encrypted_regex y cifre de nuevo el archivo.",
    zh: "检查 encrypted_regex 并重新加密文件。",
  },
  source: "https://getsops.io/docs/",
  check: (context) =>
    each(context.manifests, function* (manifest) {
      if (manifest.kind !== "Secret" || !isMap(manifest.doc.sops)) return;
      for (const field of ["data", "stringData"]) {
        for (const [key, value] of Object.entries(map(manifest.doc[field]))) {
          if (typeof value !== "string" || value.startsWith("ENC[") || value === "") continue;
          yield hit(manifest, { pointer: `/${field}`, values: { key } });
        }
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {a: open}, sops: {mac: "ENC[x]"}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {a: "ENC[x]"}, sops: {mac: "ENC[x]"}}\n',
      },
    ],
  },
});
