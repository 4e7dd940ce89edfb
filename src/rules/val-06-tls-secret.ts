import { applied, each, hit, ofKind } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map } from "#model/value.ts";

const needed = ["tls.crt", "tls.key"];

export default defineRule({
  id: "VAL-06",
  severity: "block",
  title: {
    en: "A TLS Secret without certificate or key",
    de: "Ein TLS-Secret ohne Zertifikat oder Schlüssel",
    es: "Un Secret TLS sin certificado o sin clave",
    zh: "TLS Secret 缺少证书或私钥",
  },
  why: {
    en: "The API server takes a Secret of type kubernetes.io/tls only with both entries.",
    de: "Der API-Server nimmt ein Secret vom Typ kubernetes.io/tls nur mit beiden Einträgen an.",
    es: "El servidor de API solo acepta un Secret de tipo kubernetes.io/tls con ambas entradas.",
    zh: "类型为 kubernetes.io/tls 的 Secret 必须两项齐全，API 服务器才会接受。",
  },
  message: {
    en: "{object} is of type kubernetes.io/tls and has no {missing}.",
    de: "{object} ist vom Typ kubernetes.io/tls und hat kein {missing}.",
    es: "{object} es de tipo kubernetes.io/tls y no tiene {missing}.",
    zh: "{object} 的类型是 kubernetes.io/tls，但没有 {missing}。",
  },
  fix: {
    en: "Add {missing}; an empty value will do where it is filled in later.",
    de: "{missing} ergänzen; wo es später gefüllt wird, genügt ein leerer Wert.",
    es: "Añada {missing}; si se rellena después, basta un valor vacío.",
    zh: "补上 {missing}；若稍后才填入，空值即可。",
  },
  source: "https://kubernetes.io/docs/concepts/configuration/secret/#tls-secrets",
  check: (context) =>
    each(ofKind(applied(context), "Secret"), function* (manifest) {
      const { type, data, stringData } = manifest.doc;
      if (type !== "kubernetes.io/tls") return;
      const keys = { ...map(data), ...map(stringData) };
      const missing = needed.filter((key) => !Object.hasOwn(keys, key));
      if (missing.length > 0)
        yield hit(manifest, { pointer: "/type", values: { missing: missing.join(", ") } });
    }),
  examples: {
    bad: [
      { "a.yaml": tls("data: {tls.crt: aGk=}") },
      { "a.yaml": tls("stringData: {cert.pem: a, key.pem: b}") },
      { "a.yaml": tls("immutable: true") },
    ],
    good: [
      { "a.yaml": tls('data: {tls.crt: "", tls.key: ""}') },
      { "a.yaml": tls("data: {tls.crt: aGk=}, stringData: {tls.key: a}") },
      {
        "a.yaml":
          "{apiVersion: v1, kind: Secret, metadata: {name: a}, type: Opaque, data: {tls.crt: aGk=}}\n",
      },
    ],
  },
});

function tls(content: string): string {
  return `{apiVersion: v1, kind: Secret, metadata: {name: a}, type: kubernetes.io/tls, ${content}}\n`;
}
