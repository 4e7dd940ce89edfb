import { chartGroups, chartsOf, each, hit, isTemplated, judged, ofGroup } from "#model/manifest.ts";
import { defineRule, type Manifest } from "#model/rule.ts";
import { map, word } from "#model/value.ts";

const EXACT = /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/;

function isFolder({ doc }: Manifest): boolean {
  const { kind } = map(map(map(map(doc.spec).chart).spec).sourceRef);
  return kind === "GitRepository" || kind === "Bucket";
}

export default defineRule({
  id: "GO-09",
  severity: "block",
  title: {
    en: "A chart without a fixed version",
    de: "Ein Chart ohne feste Version",
    es: "Un chart sin versión fija",
    zh: "Chart 版本未固定",
  },
  why: {
    en: "With a range each site installs whatever is newest when it wakes up, and rings mean nothing.",
    de: "Mit einem Bereich installiert jeder Standort, was beim Aufwachen das Neueste ist; Ringe haben dann keinen Sinn.",
    es: "Con un rango cada sitio instala lo más nuevo al despertar, y los anillos no sirven.",
    zh: "若为版本范围，各站点会在唤醒时安装最新版，分批发布失去意义。",
  },
  message: {
    en: "{object} installs {chart} in version {version}.",
    de: "{object} installiert {chart} in Version {version}.",
    es: "{object} instala {chart} en la versión {version}.",
    zh: "{object} 安装 {chart}，版本为 {version}。",
  },
  fix: {
    en: "Write one version, such as 1.2.3.",
    de: "Genau eine Version schreiben, etwa 1.2.3.",
    es: "Escriba una versión concreta, como 1.2.3.",
    zh: "写明一个版本，例如 1.2.3。",
  },
  source: "https://fluxcd.io/flux/components/helm/helmreleases/#chart-template",
  check: (context) =>
    each(ofGroup(judged(context), ...chartGroups), (manifest) =>
      chartsOf(manifest).flatMap(({ chart, version, pointer }) => {
        const text = word(version).trim();
        // A chart in a Git folder has the version of the commit, a chart by URL that of the file.
        if (/^\.{0,2}\/|\.tgz$/.test(chart) || isTemplated(text) || isFolder(manifest)) return [];
        if (EXACT.test(text) || (manifest.patch && text === "")) return [];
        return [hit(manifest, { pointer, values: { chart, version: text || "*" } })];
      }),
    ),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a}, spec: {chart: {spec: {chart: app, version: "*"}}}}\n',
      },
      {
        "a.yaml":
          '{apiVersion: helm.cattle.io/v1, kind: HelmChart, metadata: {name: a}, spec: {chart: app, version: ">=1.0.0"}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a}, spec: {chart: {spec: {chart: app, version: 1.2.3}}}}\n",
      },
    ],
  },
});
