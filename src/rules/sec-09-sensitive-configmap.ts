import { each, hit, judged, ofKind } from "#model/manifest.ts";
import { isCredential, secretValues } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";

/** `password: x`, `PASSWORD=x`, `"password": "x"` inside a file that a ConfigMap carries. */
const LINE = /^\s*(?:export\s+)?["']?([\w.-]+)["']?\s*[:=]\s*["']?([^"'\s#,;][^"'\n#,;]*?)["']?\s*[,;]?\s*$/;

function* credentials(key: string, value: string): Generator<string> {
  if (!value.includes("\n")) {
    if (isCredential(key, value)) yield key;
    return;
  }
  for (const content of value.split("\n", 2_000)) {
    const [, name = "", inner = ""] = content.length > 500 ? [] : (LINE.exec(content) ?? []);
    if (isCredential(name, inner)) yield `${key}: ${name}`;
  }
}

export default defineRule({
  id: "SEC-09",
  severity: "block",
  title: {
    en: "A ConfigMap that holds a password",
    de: "Eine ConfigMap mit einem Passwort",
    es: "Un ConfigMap con una contraseña",
    zh: "ConfigMap 中含有密码",
  },
  why: {
    en: "ConfigMaps are read by everybody who may look, and lie in Git in the clear on every site.",
    de: "ConfigMaps liest jeder, der hineinschauen darf, und sie liegen im Klartext in Git, an jedem Standort.",
    es: "Los ConfigMaps los lee cualquiera con acceso de lectura y están en claro en Git, en todos los sitios.",
    zh: "ConfigMap 谁都能读，且以明文存在 Git 中、分发到每个站点。",
  },
  message: {
    en: "{object}: {key} looks like a credential.",
    de: "{object}: {key} sieht nach Zugangsdaten aus.",
    es: "{object}: {key} parece una credencial.",
    zh: "{object}：{key} 看起来是凭据。",
  },
  fix: {
    en: "Move it to a Secret that is encrypted or comes from outside, and change it.",
    de: "In ein verschlüsseltes oder von außen kommendes Secret verlegen und ändern.",
    es: "Muévalo a un Secret cifrado o externo, y cámbielo.",
    zh: "移到加密的或外部提供的 Secret 中，并更换该凭据。",
  },
  source: "https://polaris.docs.fairwinds.com/checks/security/",
  check: (context) =>
    each(ofKind(judged(context), "ConfigMap"), function* (manifest) {
      for (const { key, value, pointer } of secretValues(manifest)) {
        for (const found of credentials(key, value)) yield hit(manifest, { pointer, values: { key: found } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: ConfigMap, metadata: {name: till}, data: {DB_PASSWORD: hunter2horse}}\n",
      },
      {
        "a.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: till}
data:
  app.ini: |
    [db]
    user = till
    password = hunter2horse
`,
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: ConfigMap, metadata: {name: till}, data: {DB_PASSWORD: "${DB_PASSWORD}", PASSWORD_FILE: /run/secrets/db, token_url: "https://id.example.com/token"}}\n',
      },
    ],
  },
});
