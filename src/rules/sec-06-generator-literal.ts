import { PLACEHOLDER } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { maps, strings, word } from "#model/value.ts";

export default defineRule({
  id: "SEC-06",
  severity: "block",
  title: {
    en: "secretGenerator holds a literal value",
    de: "secretGenerator enthält einen festen Wert",
    es: "secretGenerator contiene un valor literal",
    zh: "secretGenerator 含字面值",
  },
  why: {
    en: "The value lies in Git in plain text, whatever object is made of it.",
    de: "Der Wert liegt im Klartext in Git, was immer daraus entsteht.",
    es: "El valor queda en Git en texto claro, se genere lo que se genere.",
    zh: "无论生成什么对象，该值都以明文留在 Git 中。",
  },
  message: {
    en: "secretGenerator {name} holds {key} in plain text.",
    de: "secretGenerator {name} enthält {key} im Klartext.",
    es: "secretGenerator {name} contiene {key} en texto claro.",
    zh: "secretGenerator {name} 以明文保存 {key}。",
  },
  fix: {
    en: "Use a SOPS-encrypted Secret or an ExternalSecret.",
    de: "Ein mit SOPS verschlüsseltes Secret oder ein ExternalSecret verwenden.",
    es: "Use un Secret cifrado con SOPS o un ExternalSecret.",
    zh: "改用 SOPS 加密的 Secret 或 ExternalSecret。",
  },
  source: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/secretgenerator/",
  check: (context) =>
    context.kustomizations.flatMap(({ path, doc, line }) =>
      maps(doc.secretGenerator).flatMap((entry, i) =>
        strings(entry.literals).flatMap((literal, j) => {
          const at = literal.indexOf("=");
          if (at < 0 || PLACEHOLDER.test(literal.slice(at + 1).trim())) return [];
          const pointer = `/secretGenerator/${i}/literals/${j}`;
          return [
            {
              path,
              line: line(pointer),
              pointer,
              values: { name: word(entry.name), key: literal.slice(0, at) },
            },
          ];
        }),
      ),
    ),
  examples: {
    bad: [
      {
        "kustomization.yaml": `secretGenerator:
- name: db
  literals: [password=hunter2]
`,
      },
    ],
    good: [
      {
        "kustomization.yaml": `configMapGenerator:
- name: db
  literals: [mode=edge]
`,
      },
    ],
  },
});
