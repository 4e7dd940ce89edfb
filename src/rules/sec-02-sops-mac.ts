import { each, hit } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { isMap, word } from "#model/value.ts";

export default defineRule({
  id: "SEC-02",
  severity: "block",
  title: {
    en: "A SOPS document has no checksum",
    de: "Einem SOPS-Dokument fehlt die Prüfsumme",
    es: "Un documento SOPS no tiene suma de comprobación",
    zh: "SOPS 文档缺少校验值",
  },
  why: {
    en: "Without mac SOPS refuses to decrypt, or nobody would notice a changed value.",
    de: "Ohne mac entschlüsselt SOPS nicht, oder eine geänderte Angabe bliebe unbemerkt.",
    es: "Sin mac SOPS se niega a descifrar, o nadie notaría un valor cambiado.",
    zh: "缺少 mac 时 SOPS 拒绝解密，否则值被篡改也无人察觉。",
  },
  message: {
    en: "{object} is a SOPS document without mac.",
    de: "{object} ist ein SOPS-Dokument ohne mac.",
    es: "{object} es un documento SOPS sin mac.",
    zh: "{object} 是没有 mac 的 SOPS 文档。",
  },
  fix: {
    en: "Encrypt the file again with sops.",
    de: "Die Datei erneut mit sops verschlüsseln.",
    es: "Cifre de nuevo el archivo con sops.",
    zh: "用 sops 重新加密该文件。",
  },
  source: "https://getsops.io/docs/",
  check: (context) =>
    each(context.manifests, function* (manifest) {
      if (isMap(manifest.doc.sops) && word(manifest.doc.sops.mac) === "")
        yield hit(manifest, { pointer: "/sops" });
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Secret, metadata: {name: a}, data: {a: "ENC[x]"}, sops: {version: 3.10.0}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Secret, metadata: {name: a}, data: {a: "ENC[x]"}, sops: {mac: "ENC[x]"}}\n',
      },
    ],
  },
});
