import { each, groupOf, hit, judged } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map, word } from "#model/value.ts";

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
      if (groupOf(manifest) !== "source.toolkit.fluxcd.io") return;
      const spec = map(manifest.doc.spec);
      if (spec.insecure === true)
        yield hit(manifest, { pointer: "/spec/insecure", values: { what: "insecure: true" } });
      const url = word(spec.url);
      if (url.startsWith("http://")) yield hit(manifest, { pointer: "/spec/url", values: { what: url } });
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
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: source.toolkit.fluxcd.io/v1, kind: HelmRepository, metadata: {name: a}, spec: {interval: 1h, url: "https://charts.example.com"}}\n',
      },
    ],
  },
});
