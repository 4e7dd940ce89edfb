import { filesUnder } from "#model/flux-paths.ts";
import { applied, each, hit, ofGroup } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { isMap, map, word } from "#model/value.ts";

export default defineRule({
  id: "SEC-07",
  severity: "block",
  title: {
    en: "Flux is not told to decrypt",
    de: "Flux soll nicht entschlüsseln",
    es: "Flux no tiene orden de descifrar",
    zh: "Flux 未配置解密",
  },
  why: {
    en: "Without decryption Flux applies the encrypted text, and the workload gets ENC[…] for a password.",
    de: "Ohne decryption wendet Flux den verschlüsselten Text an, und die Anwendung bekommt ENC[…] als Passwort.",
    es: "Sin decryption Flux aplica el texto cifrado, y la aplicación recibe ENC[…] como contraseña.",
    zh: "没有 decryption 时，Flux 会直接应用密文，应用得到的密码就是 ENC[…]。",
  },
  message: {
    en: "{object} applies the SOPS document {file} without decryption.",
    de: "{object} wendet das SOPS-Dokument {file} ohne decryption an.",
    es: "{object} aplica el documento SOPS {file} sin decryption.",
    zh: "{object} 在没有 decryption 的情况下应用 SOPS 文档 {file}。",
  },
  fix: {
    en: "Set spec.decryption.provider to sops and name the key's Secret.",
    de: "spec.decryption.provider auf sops setzen und das Secret des Schlüssels nennen.",
    es: "Defina spec.decryption.provider como sops e indique el Secret de la clave.",
    zh: "把 spec.decryption.provider 设为 sops，并指定密钥所在的 Secret。",
  },
  source: "https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption",
  check: (context) => {
    const encrypted = new Set(context.manifests.filter(({ doc }) => isMap(doc.sops)).map(({ path }) => path));
    if (encrypted.size === 0) return [];
    return each(ofGroup(applied(context), "kustomize.toolkit.fluxcd.io"), function* (manifest) {
      const spec = map(manifest.doc.spec);
      if (map(spec.decryption).provider === "sops" || word(spec.path) === "") return;
      const file = [...filesUnder(word(spec.path), context)].find((path) => encrypted.has(path));
      if (file !== undefined) yield hit(manifest, { pointer: "/spec", values: { file } });
    });
  },
  examples: {
    bad: [
      {
        "flux.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a, namespace: flux-system}, spec: {path: ./apps, prune: true}}\n",
        "apps/secret.yaml":
          '{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {a: "ENC[x]"}, sops: {mac: "ENC[x]"}}\n',
      },
    ],
    good: [
      {
        "flux.yaml":
          "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a, namespace: flux-system}, spec: {path: ./apps, prune: true, decryption: {provider: sops}}}\n",
        "apps/secret.yaml":
          '{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {a: "ENC[x]"}, sops: {mac: "ENC[x]"}}\n',
      },
    ],
  },
});
