import { each, groupOf, hit, judged, PLACEHOLDER } from "#model/manifest.ts";
import { secretValues } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { word } from "#model/value.ts";

function isHarmless(value: string): boolean {
  return PLACEHOLDER.test(value.trim()) || value.startsWith("ENC[") || /^op:\/\//.test(value);
}

export default defineRule({
  id: "SEC-01",
  severity: "block",
  title: {
    en: "A Secret lies in plain text",
    de: "Ein Secret liegt im Klartext",
    es: "Un Secret está en texto claro",
    zh: "Secret 以明文存在",
  },
  why: {
    en: "base64 is no encryption, and Git keeps what was ever committed.",
    de: "base64 ist keine Verschlüsselung, und Git behält, was je eingecheckt wurde.",
    es: "base64 no cifra, y Git conserva lo que alguna vez se confirmó.",
    zh: "base64 不是加密，而 Git 会保留所有提交过的内容。",
  },
  message: {
    en: "{object} holds {keys} in plain text.",
    de: "{object} enthält {keys} im Klartext.",
    es: "{object} contiene {keys} en texto claro.",
    zh: "{object} 以明文保存 {keys}。",
  },
  fix: {
    en: "Encrypt it with SOPS, or replace it by an ExternalSecret; then change the value that was exposed.",
    de: "Mit SOPS verschlüsseln oder durch ein ExternalSecret ersetzen; danach den offengelegten Wert ändern.",
    es: "Cífrelo con SOPS o sustitúyalo por un ExternalSecret; después cambie el valor expuesto.",
    zh: "用 SOPS 加密，或改用 ExternalSecret；之后更换已泄露的值。",
  },
  source: "https://fluxcd.io/flux/guides/mozilla-sops/",
  check: (context) =>
    each([...judged(context), ...context.manifests], function* (manifest) {
      if (manifest.kind !== "Secret" || groupOf(manifest) !== "" || manifest.doc.sops !== undefined) return;
      if (word(manifest.doc.type) === "kubernetes.io/service-account-token") return;
      const plain = secretValues(manifest).filter(({ value }) => !isHarmless(value));
      if (plain.length === 0) return;
      // What a generator makes has its literal in kustomization.yaml, where SEC-06 reports it.
      if (/(?:^|\/)kustomization\.ya?ml$/.test(manifest.path)) return;
      const keys = plain
        .slice(0, 4)
        .map(({ key }) => key)
        .join(", ");
      yield hit(manifest, { pointer: plain[0]!.pointer, values: { keys } });
    }),
  examples: {
    bad: [
      { "a.yaml": "{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {password: hunter2}}\n" },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {password: "${db_password}"}}\n',
      },
      {
        "a.yaml":
          '{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {password: "ENC[AES256_GCM,data:x,type:str]"}, sops: {mac: "ENC[x]"}}\n',
      },
    ],
  },
});
