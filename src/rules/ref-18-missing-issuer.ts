import { holdingsOf, severityOfMissing } from "#model/holdings.ts";
import { applied, each, groupOf, hit, isTemplated } from "#model/manifest.ts";
import { defineRule, type Manifest } from "#model/rule.ts";
import type { Text } from "#model/text.ts";
import { type Fields, map, maps, word } from "#model/value.ts";

type Reference = { kind: string; name: string; pointer: string; allowed: readonly string[] };

const ISSUERS = ["Issuer", "ClusterIssuer"];
const STORES = ["SecretStore", "ClusterSecretStore"];

const noSuchKind: Text = {
  en: "is of no kind that exists",
  de: "ist von keiner Art, die es gibt",
  es: "es de un tipo que no existe",
  zh: "的类型不存在",
};
const notThere: Text = {
  en: "is not in the repository",
  de: "gibt es im Repository nicht",
  es: "no está en el repositorio",
  zh: "在仓库中不存在",
};

/** What issues a certificate, and where secrets come from. */
function referencesOf(manifest: Manifest): Reference[] {
  const spec = map(manifest.doc.spec);
  const group = groupOf(manifest);
  const of = (reference: Fields, pointer: string, allowed: readonly string[]): Reference[] => {
    const name = word(reference.name);
    if (name === "" || isTemplated(name)) return [];
    return [{ kind: word(reference.kind) || allowed[0]!, name, pointer, allowed }];
  };
  if (group === "cert-manager.io" && manifest.kind === "Certificate") {
    const issuer = map(spec.issuerRef);
    // Issuers of other groups have kinds of their own.
    const isOwn = ["", "cert-manager.io"].includes(word(issuer.group));
    return isOwn ? of(issuer, "/spec/issuerRef", ISSUERS) : [];
  }
  if (group !== "external-secrets.io" || manifest.kind !== "ExternalSecret") return [];
  const ofData = maps(spec.data).flatMap(({ sourceRef }, i) =>
    of(map(map(sourceRef).storeRef), `/spec/data/${i}/sourceRef/storeRef`, STORES),
  );
  return [...of(map(spec.secretStoreRef), "/spec/secretStoreRef", STORES), ...ofData];
}

export default defineRule({
  id: "REF-18",
  severity: "warn",
  title: {
    en: "An issuer or secret store that is not there",
    de: "Ein Issuer oder SecretStore, den es nicht gibt",
    es: "Un Issuer o SecretStore que no existe",
    zh: "Issuer 或 SecretStore 不存在",
  },
  why: {
    en: "The certificate or the Secret is never made, and the pods that mount it do not start.",
    de: "Das Zertifikat oder Secret entsteht nie, und Pods, die es einbinden, starten nicht.",
    es: "El certificado o el Secret nunca se crea, y los pods que lo montan no arrancan.",
    zh: "证书或 Secret 永远不会生成，挂载它的 Pod 也无法启动。",
  },
  message: {
    en: "{object} names {target}, which {problem}.",
    de: "{object} nennt {target}; das {problem}.",
    es: "{object} nombra {target}, que {problem}.",
    zh: "{object} 引用的 {target} {problem}。",
  },
  fix: {
    en: "Correct name and kind ({allowed}), or add {target}.",
    de: "Name und Art ({allowed}) berichtigen oder {target} anlegen.",
    es: "Corrija el nombre y el tipo ({allowed}) o añada {target}.",
    zh: "更正名称和类型（{allowed}），或添加 {target}。",
  },
  source: "https://cert-manager.io/docs/usage/certificate/",
  check: (context) => {
    const holdings = holdingsOf(context);
    return each(applied(context), function* (manifest) {
      for (const { kind, name, pointer, allowed } of referencesOf(manifest)) {
        if (isTemplated(kind)) continue;
        const values = { target: `${kind}/${name}`, allowed: allowed.join(", ") };
        if (!allowed.includes(kind)) {
          yield hit(manifest, { pointer, values: { ...values, problem: noSuchKind }, severity: "block" });
          continue;
        }
        const isWide = kind.startsWith("Cluster");
        if (holdings.has(kind, isWide ? "" : manifest.namespace, name)) continue;
        const severity = severityOfMissing(holdings.sight(manifest, isWide), "warn");
        if (severity) yield hit(manifest, { pointer, values: { ...values, problem: notThere }, severity });
      }
    });
  },
  examples: {
    bad: [
      { "a.yaml": certificate("{name: ca, kind: ClusterIsuer}") },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `${certificate("{name: ca-2}")}---\n${issuer("Issuer")}`,
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml":
          "{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: till, namespace: apps}, spec: {secretStoreRef: {name: vault}, target: {name: till}}}\n",
      },
    ],
    good: [
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `${certificate("{name: ca}")}---\n${issuer("Issuer")}`,
      },
      {
        "kustomization.yaml": "resources: [a.yaml]\n",
        "a.yaml": `${certificate("{name: ca, kind: ClusterIssuer}")}---\n${issuer("ClusterIssuer")}`,
      },
      { "a.yaml": certificate("{name: ca, kind: AWSPCAClusterIssuer, group: awspca.cert-manager.io}") },
    ],
  },
});

function certificate(reference: string): string {
  return `{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: till, namespace: apps}, spec: {secretName: till, dnsNames: [a.example.com], issuerRef: ${reference}}}\n`;
}

function issuer(kind: string): string {
  const namespace = kind === "Issuer" ? ", namespace: apps" : "";
  return `{apiVersion: cert-manager.io/v1, kind: ${kind}, metadata: {name: ca${namespace}}, spec: {selfSigned: {}}}\n`;
}
