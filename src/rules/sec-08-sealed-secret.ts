import { each, hit, judged, ofKind } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map, word } from "#model/value.ts";

/** kubeseal's output is base64 of at least one RSA block; its first byte is 0, so it starts with A. */
const SEALED = /^A[A-Za-z0-9+/\s]{200,}=*$/;

export default defineRule({
  id: "SEC-08",
  severity: "block",
  title: {
    en: "A SealedSecret cannot be opened",
    de: "Ein SealedSecret lässt sich nicht öffnen",
    es: "Un SealedSecret no se puede abrir",
    zh: "SealedSecret 无法解开",
  },
  why: {
    en: "Values that were not made by kubeseal for this name and namespace are refused by the controller.",
    de: "Werte, die kubeseal nicht für diesen Namen und Namespace erzeugt hat, lehnt der Controller ab.",
    es: "El controlador rechaza valores que kubeseal no creó para este nombre y namespace.",
    zh: "若值并非由 kubeseal 针对该名称和命名空间生成，控制器会拒绝。",
  },
  message: {
    en: "{object}: {what} is not sealed for this object.",
    de: "{object}: {what} ist nicht für dieses Objekt versiegelt.",
    es: "{object}: {what} no está sellado para este objeto.",
    zh: "{object}：{what} 并非为该对象封装。",
  },
  fix: {
    en: "Create the value with kubeseal, for this name and namespace.",
    de: "Den Wert mit kubeseal für diesen Namen und Namespace erzeugen.",
    es: "Cree el valor con kubeseal para este nombre y namespace.",
    zh: "用 kubeseal 为该名称和命名空间生成值。",
  },
  source: "https://github.com/bitnami-labs/sealed-secrets#scopes",
  check: (context) =>
    each(ofKind(judged(context), "bitnami.com/SealedSecret"), function* (manifest) {
      for (const [key, value] of Object.entries(map(map(manifest.doc.spec).encryptedData))) {
        if (SEALED.test(word(value).trim())) continue;
        yield hit(manifest, { pointer: "/spec/encryptedData", values: { what: key } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: {name: a}, spec: {encryptedData: {password: "<sealed value>"}}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: {name: a}, spec: {encryptedData: {}}}\n",
      },
    ],
  },
});
