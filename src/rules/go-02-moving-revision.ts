import { applied, each, groupOf, hit } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { isMap, map, maps, word } from "#model/value.ts";

/** Ranges that every release lies in. */
const ANY = /^\s*(?:\*|x|>=?\s*0(?:\.0)*(?:-0)?)\s*$/i;

export default defineRule({
  id: "GO-02",
  severity: "warn",
  title: {
    en: "Every commit goes everywhere at once",
    de: "Jeder Commit geht sofort überallhin",
    es: "Cada commit llega a todas partes a la vez",
    zh: "每次提交立即发往各处",
  },
  why: {
    en: "Every commit reaches every site at once, so that there are no rings.",
    de: "Jeder Commit erreicht alle Standorte zugleich; Ringe gibt es so nicht.",
    es: "Cada commit llega a todos los sitios a la vez; así no hay anillos.",
    zh: "每次提交都会同时到达所有站点，分批发布形同虚设。",
  },
  message: {
    en: "{object} follows {revision} of {repository}.",
    de: "{object} folgt {revision} von {repository}.",
    es: "{object} sigue {revision} de {repository}.",
    zh: "{object} 跟随 {repository} 的 {revision}。",
  },
  fix: {
    en: "Name the tag of the site's ring, in targetRevision, ref.tag or version.",
    de: "Das Tag des Rings nennen, in targetRevision, ref.tag oder version.",
    es: "Indique la etiqueta del anillo del sitio, en targetRevision, ref.tag o version.",
    zh: "在 targetRevision、ref.tag 或 version 中写明站点所在批次的标签。",
  },
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/",
  check: (context) =>
    each(applied(context), function* (manifest) {
      const spec = map(manifest.doc.spec);
      if (groupOf(manifest) === "source.toolkit.fluxcd.io" && manifest.kind === "OCIRepository") {
        const { tag, digest, semver } = map(spec.ref);
        if (word(digest) !== "" || (word(semver) !== "" && !ANY.test(word(semver)))) return;
        const revision = word(semver) || word(tag) || "latest";
        if (word(semver) === "" && revision !== "latest") return;
        yield hit(manifest, {
          pointer: "/spec/ref",
          values: { revision, repository: word(spec.url) || "–" },
        });
      }
      if (
        groupOf(manifest) === "upgrade.cattle.io" &&
        manifest.kind === "Plan" &&
        word(spec.version) === ""
      ) {
        const values = {
          revision: word(spec.channel).split("/").pop() || "–",
          repository: word(spec.channel) || "–",
        };
        if (word(spec.channel) !== "") yield hit(manifest, { pointer: "/spec/channel", values });
      }
      if (groupOf(manifest) !== "argoproj.io" || manifest.kind !== "Application") return;
      const sources = isMap(spec.source) ? [spec.source] : maps(spec.sources);
      for (const [i, source] of sources.entries()) {
        const revision = word(source.targetRevision);
        if (word(source.chart) !== "" || !/^(?:|HEAD)$/.test(revision)) continue;
        const values = { revision: revision || "HEAD", repository: word(source.repoURL) || "–" };
        const place = isMap(spec.source) ? "/spec/source" : `/spec/sources/${i}`;
        yield hit(manifest, { pointer: `${place}/targetRevision`, values });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a}, spec: {project: edge, source: {repoURL: "https://git.example.com/fleet"}}}\n',
      },
      {
        "a.yaml":
          '{apiVersion: source.toolkit.fluxcd.io/v1, kind: OCIRepository, metadata: {name: a}, spec: {interval: 1h, url: "oci://registry.example.com/fleet", ref: {tag: latest}}}\n',
      },
      {
        "a.yaml":
          '{apiVersion: upgrade.cattle.io/v1, kind: Plan, metadata: {name: k3s, namespace: system-upgrade}, spec: {channel: "https://update.k3s.io/v1-release/channels/stable", upgrade: {image: rancher/k3s-upgrade}}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a}, spec: {project: edge, source: {repoURL: "https://git.example.com/fleet", targetRevision: ring-1}}}\n',
      },
    ],
  },
});
