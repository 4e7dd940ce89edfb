import { each, hit, judged, ofGroup } from "#model/manifest.ts";
import { hasAgents, isLocal, isPulled } from "#model/policy.ts";
import { defineRule, type Hit, type Manifest } from "#model/rule.ts";
import { type Fields, map, word } from "#model/value.ts";

type Where = { pointer: string; agents: boolean };

function* remote(manifest: Manifest, spec: Fields, { pointer, agents }: Where): Generator<Hit> {
  const destination = map(spec.destination);
  const server = word(destination.server);
  const name = word(destination.name);
  if (!isLocal(server))
    yield hit(manifest, { pointer: `${pointer}/server`, values: { destination: server } });
  if (name !== "" && name !== "in-cluster" && !agents) {
    yield hit(manifest, { pointer: `${pointer}/name`, values: { destination: name } });
  }
}

export default defineRule({
  id: "PULL-02",
  severity: "block",
  title: {
    en: "Argo CD applies to another cluster",
    de: "Argo CD wendet auf einen anderen Cluster an",
    es: "Argo CD aplica en otro clúster",
    zh: "Argo CD 向其他集群部署",
  },
  why: {
    en: "A destination other than the local cluster means that a hub dials into the site.",
    de: "Ein anderes Ziel als der lokale Cluster heißt, dass ein Hub auf den Standort zugreift.",
    es: "Un destino distinto del clúster local significa que un hub se conecta al sitio.",
    zh: "目标不是本地集群，意味着由中心连入站点。",
  },
  message: {
    en: "{object} goes to {destination}, not to the cluster Argo CD runs in.",
    de: "{object} geht an {destination}, nicht an den Cluster, in dem Argo CD läuft.",
    es: "{object} va a {destination}, no al clúster donde se ejecuta Argo CD.",
    zh: "{object} 的目标是 {destination}，而不是 Argo CD 所在的集群。",
  },
  fix: {
    en: "Run Argo CD core in each site and set destination.server to https://kubernetes.default.svc.",
    de: "Argo CD Core an jedem Standort betreiben und destination.server auf https://kubernetes.default.svc setzen.",
    es: "Ejecute Argo CD core en cada sitio y defina destination.server como https://kubernetes.default.svc.",
    zh: "在每个站点运行 Argo CD core，并把 destination.server 设为 https://kubernetes.default.svc。",
  },
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#applications",
  check: (context) => {
    const agents = hasAgents(context);
    return each(ofGroup(judged(context), "argoproj.io"), function* (manifest) {
      const spec = map(manifest.doc.spec);
      const template = map(spec.template);
      if (manifest.kind === "Application" && !isPulled(map(manifest.doc.metadata))) {
        yield* remote(manifest, spec, { pointer: "/spec/destination", agents });
      }
      if (manifest.kind === "ApplicationSet" && !isPulled(map(template.metadata))) {
        yield* remote(manifest, map(template.spec), { pointer: "/spec/template/spec/destination", agents });
      }
    });
  },
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a}, spec: {destination: {server: "https://site-1.example.com:6443"}}}\n',
      },
      {
        "a.yaml":
          '{apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, metadata: {name: a}, spec: {template: {spec: {destination: {name: "{{name}}"}}}}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a}, spec: {destination: {server: "https://kubernetes.default.svc"}}}\n',
      },
    ],
  },
});
