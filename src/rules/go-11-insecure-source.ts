import { each, groupOf, hit, judged, labelsOf } from "#model/manifest.ts";
import { secretValues } from "#model/policy.ts";
import { defineRule, type Manifest } from "#model/rule.ts";
import { map, maps, word } from "#model/value.ts";

type Place = { pointer: string; value: unknown };

/** Where engines say what is fetched, and that its certificate does not matter. */
function placesOf(manifest: Manifest): Place[] {
  const spec = map(manifest.doc.spec);
  const inSpec = (...fields: string[]) =>
    fields.map((field) => ({ pointer: `/spec/${field}`, value: spec[field] }));
  const group = groupOf(manifest);
  if (group === "source.toolkit.fluxcd.io") return inSpec("insecure", "url");
  if (group === "image.toolkit.fluxcd.io") return inSpec("insecure");
  if (group === "helm.cattle.io") return inSpec("repo", "chart", "insecureSkipTLSVerify", "plainHTTP");
  if (manifest.kind === "FluxInstance") return [{ pointer: "/spec/sync/url", value: map(spec.sync).url }];
  if (group === "argoproj.io" && manifest.kind === "Application") {
    const single = { pointer: "/spec/source/repoURL", value: map(spec.source).repoURL };
    const many = maps(spec.sources).map(({ repoURL }, i) => ({
      pointer: `/spec/sources/${i}/repoURL`,
      value: repoURL,
    }));
    return [single, ...many];
  }
  const argo = /^repo/.test(word(labelsOf(manifest)["argocd.argoproj.io/secret-type"]));
  if (manifest.kind !== "Secret" || !argo) return [];
  return secretValues(manifest)
    .filter(({ key }) => ["insecure", "url", "insecureOCIForceHttp"].includes(key))
    .map(({ pointer, value }) => ({ pointer, value }));
}

export default defineRule({
  id: "GO-11",
  severity: "block",
  title: {
    en: "A source without TLS",
    de: "Eine Quelle ohne TLS",
    es: "Una fuente sin TLS",
    zh: "源未使用 TLS",
  },
  why: {
    en: "Whoever sits between the site and the server decides what runs there.",
    de: "Wer zwischen Standort und Server sitzt, bestimmt, was dort läuft.",
    es: "Quien esté entre el sitio y el servidor decide qué se ejecuta.",
    zh: "处在站点与服务器之间的人可以决定站点运行什么。",
  },
  message: {
    en: "{object} is fetched without TLS ({what}).",
    de: "{object} wird ohne TLS geholt ({what}).",
    es: "{object} se descarga sin TLS ({what}).",
    zh: "{object} 未经 TLS 获取（{what}）。",
  },
  fix: {
    en: "Use https or oci with a certificate, and remove insecure.",
    de: "https oder oci mit Zertifikat verwenden und insecure entfernen.",
    es: "Use https u oci con certificado y elimine insecure.",
    zh: "使用带证书的 https 或 oci，并删除 insecure。",
  },
  source: "https://fluxcd.io/flux/components/source/helmrepositories/#insecure",
  check: (context) =>
    each(judged(context), function* (manifest) {
      for (const { pointer, value } of placesOf(manifest)) {
        if (value === true || value === "true") {
          yield hit(manifest, { pointer, values: { what: `${pointer.split("/").pop()}: true` } });
        } else if (/^http:\/\//.test(word(value))) {
          yield hit(manifest, { pointer, values: { what: word(value) } });
        }
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: source.toolkit.fluxcd.io/v1, kind: HelmRepository, metadata: {name: a}, spec: {interval: 1h, url: "http://charts.example.com"}}\n',
      },
      {
        "a.yaml":
          '{apiVersion: source.toolkit.fluxcd.io/v1, kind: OCIRepository, metadata: {name: a}, spec: {interval: 1h, url: "oci://registry.example.com/a", insecure: true}}\n',
      },
      {
        "a.yaml":
          '{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a}, spec: {project: edge, source: {repoURL: "http://git.example.com/fleet", path: apps, targetRevision: ring-1}}}\n',
      },
      {
        "a.yaml":
          '{apiVersion: helm.cattle.io/v1, kind: HelmChart, metadata: {name: a}, spec: {chart: a, version: 1.0.0, repo: "https://charts.example.com", insecureSkipTLSVerify: true}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: source.toolkit.fluxcd.io/v1, kind: HelmRepository, metadata: {name: a}, spec: {interval: 1h, url: "https://charts.example.com"}}\n',
      },
    ],
  },
});
