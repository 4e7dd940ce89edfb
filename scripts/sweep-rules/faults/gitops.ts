import { additions, type Fault, faults, find } from "../fault.ts";
import type { Doc, GoodTree } from "../good-tree.ts";

const flux = "kustomize.toolkit.fluxcd.io/v1";
type Act = (tree: GoodTree) => void;

/** The same change in the spec of several objects. */
function inSpecs(
  objects: readonly [kind: string, name?: string][],
  what: string,
  act: (spec: Doc) => void,
): Record<string, Act> {
  return Object.fromEntries(
    objects.map(([kind, name]) => [
      `${what}, ${kind} ${name ?? ""}`.trim(),
      (tree: GoodTree) => act(find(tree, kind, name).spec),
    ]),
  );
}

const appliers = [
  ["Kustomization", "first"],
  ["Kustomization", "second"],
  ["HelmRelease"],
] as const satisfies [string, string?][];
const sources = [["GitRepository"], ["OCIRepository"], ["HelmRepository"]] as const satisfies [
  string,
  string?,
][];

const timing: Fault[] = [
  ...["10 minutes", "1d", "90", "5min", "-1h"].flatMap((wrong) =>
    faults("GO-01", {
      ...inSpecs([...appliers, ...sources], `interval ${wrong}`, (spec) => {
        spec.interval = wrong;
      }),
      ...inSpecs([["Kustomization", "first"], ["HelmRelease"]], `timeout ${wrong}`, (spec) => {
        spec.timeout = wrong;
      }),
    }),
  ),
  ...faults("GO-01", {
    "hours where there are none": (tree) => {
      find(tree, "GitRepository").spec.timeout = "1h";
    },
    "Argo's backoff": (tree) => {
      find(tree, "Application").spec.syncPolicy.retry.backoff.duration = "5 seconds";
    },
    "Argo's longest": (tree) => {
      find(tree, "Application").spec.syncPolicy.retry.backoff.maxDuration = "3 min";
    },
  }),
  ...["30s", "1m", "2m30s", "299s"].flatMap((interval) =>
    faults(
      "GO-05",
      inSpecs([...sources], interval, (spec) => {
        spec.interval = interval;
      }),
    ),
  ),
  ...["30m", "60m", "12h", "24h0m0s"].flatMap((interval) =>
    faults(
      "GO-19",
      inSpecs(
        [
          ["Kustomization", "first"],
          ["Kustomization", "second"],
        ],
        interval,
        (spec) => {
          spec.interval = interval;
          delete spec.retryInterval;
        },
      ),
    ),
  ),
];

const delivery: Fault[] = [
  ...faults("GO-02", {
    HEAD: (tree) => {
      find(tree, "Application", "shop-a").spec.source.targetRevision = "HEAD";
    },
    "no revision": (tree) => {
      delete find(tree, "Application", "shop-b").spec.source.targetRevision;
    },
    "the second of two sources": (tree) => {
      const { spec } = find(tree, "Application");
      spec.sources = [spec.source, { repoURL: "https://git.example.com/fleet", ref: "values" }];
      delete spec.source;
    },
    latest: (tree) => {
      find(tree, "OCIRepository").spec.ref = { tag: "latest" };
    },
    "no ref": (tree) => {
      delete find(tree, "OCIRepository").spec.ref;
    },
    "any version": (tree) => {
      find(tree, "OCIRepository").spec.ref = { semver: "*" };
    },
    "any version from nought": (tree) => {
      find(tree, "OCIRepository").spec.ref = { semver: ">=0.0.0" };
    },
  }),
  ...faults("GO-03", {
    ...inSpecs(
      [
        ["Kustomization", "first"],
        ["Kustomization", "second"],
      ],
      "prune false",
      (spec) => {
        spec.prune = false;
      },
    ),
    ...inSpecs(
      [
        ["Kustomization", "first"],
        ["Kustomization", "second"],
      ],
      "prune left out",
      (spec) => {
        delete spec.prune;
      },
    ),
    ...inSpecs([["Kustomization", "first"]], "prune as text", (spec) => {
      spec.prune = "true";
    }),
  }),
  ...faults(
    "GO-04",
    inSpecs([...appliers, ...sources], "suspended", (spec) => {
      spec.suspend = true;
    }),
  ),
  ...["*", ">=1.0.0", "1.x", "~2.1", "", "2.1"].flatMap((version) =>
    faults("GO-09", {
      [`"${version}", HelmRelease`]: (tree) => {
        find(tree, "HelmRelease").spec.chart.spec.version = version;
      },
      [`"${version}", HelmChart`]: (tree) => {
        find(tree, "HelmChart").spec.version = version;
      },
      [`"${version}", Application`]: (tree) => {
        find(tree, "Application").spec.source = {
          repoURL: "https://charts.example.com",
          chart: "a",
          targetRevision: version,
        };
      },
    }),
  ),
  ...faults("GO-11", {
    ...inSpecs([["OCIRepository"], ["HelmRepository"]], "insecure", (spec) => {
      spec.insecure = true;
    }),
    ...inSpecs([["GitRepository"], ["HelmRepository"]], "http", (spec) => {
      spec.url = "http://git.example.com/fleet";
    }),
    Application: (tree) => {
      find(tree, "Application").spec.source.repoURL = "http://git.example.com/fleet";
    },
    HelmChart: (tree) => {
      find(tree, "HelmChart").spec.repo = "http://charts.example.com";
    },
    "HelmChart without verification": (tree) => {
      find(tree, "HelmChart").spec.insecureSkipTLSVerify = true;
    },
  }),
  ...additions("GO-11", {
    "Argo's repository": {
      ...{ apiVersion: "v1", kind: "Secret" },
      metadata: {
        name: "r",
        namespace: "argocd",
        labels: { "argocd.argoproj.io/secret-type": "repository" },
      },
      stringData: { url: "https://git.example.com/fleet", insecure: "true" },
    },
    FluxInstance: {
      ...{
        apiVersion: "fluxcd.controlplane.io/v1",
        kind: "FluxInstance",
        metadata: { name: "flux", namespace: "flux-system" },
      },
      spec: {
        sync: {
          kind: "GitRepository",
          url: "http://git.example.com/fleet",
          path: "clusters/a",
          ref: "refs/heads/main",
        },
      },
    },
  }),
  ...faults("GO-12", {
    "no install": (tree) => {
      delete find(tree, "HelmRelease").spec.install;
    },
    "no upgrade": (tree) => {
      delete find(tree, "HelmRelease").spec.upgrade;
    },
    "no retries": (tree) => {
      find(tree, "HelmRelease").spec.upgrade = { remediation: { retries: 0 } };
    },
    neither: (tree) => {
      const { spec } = find(tree, "HelmRelease");
      delete spec.install;
      delete spec.upgrade;
    },
    "another strategy": (tree) => {
      find(tree, "HelmRelease").spec.install = { strategy: { name: "RemediateOnFailure" } };
    },
  }),
  ...faults("GO-16", {
    oci: (tree) => {
      Object.assign(find(tree, "HelmRepository").spec, {
        type: "oci",
        url: "oci://registry.example.com/charts",
      });
    },
    "with a provider": (tree) => {
      Object.assign(find(tree, "HelmRepository").spec, {
        type: "oci",
        provider: "azure",
        url: "oci://a.example.com/charts",
      });
    },
    "another one": (tree) => {
      const copy = structuredClone(find(tree, "HelmRepository"));
      copy.metadata.name = "more";
      copy.spec.type = "oci";
      tree.docs.push(copy);
    },
  }),
  ...faults("GO-17", {
    disabled: (tree) => {
      find(tree, "HelmRelease").spec.driftDetection.mode = "disabled";
    },
    "left out": (tree) => {
      delete find(tree, "HelmRelease").spec.driftDetection;
    },
    "without a mode": (tree) => {
      find(tree, "HelmRelease").spec.driftDetection = { ignore: [] };
    },
  }),
  ...["shop-a", "shop-b"].flatMap((name) =>
    faults("GO-18", {
      [`no policy, ${name}`]: (tree) => {
        delete find(tree, "Application", name).spec.syncPolicy;
      },
      [`not automated, ${name}`]: (tree) => {
        delete find(tree, "Application", name).spec.syncPolicy.automated;
      },
      [`without prune, ${name}`]: (tree) => {
        find(tree, "Application", name).spec.syncPolicy.automated = { selfHeal: true };
      },
      [`without selfHeal, ${name}`]: (tree) => {
        find(tree, "Application", name).spec.syncPolicy.automated.selfHeal = false;
      },
      [`switched off, ${name}`]: (tree) => {
        find(tree, "Application", name).spec.syncPolicy.automated.enabled = false;
      },
    }),
  ),
];

const references: Fault[] = [
  ...faults("GO-06", {
    ...inSpecs(
      [
        ["Kustomization", "first"],
        ["Kustomization", "second"],
      ],
      "another source",
      (spec) => {
        spec.sourceRef = { kind: "GitRepository", name: "flet" };
      },
    ),
    ...inSpecs([["Kustomization", "first"]], "another kind of source", (spec) => {
      spec.sourceRef = { kind: "Bucket", name: "fleet" };
    }),
    "dependsOn nobody": (tree) => {
      find(tree, "Kustomization", "second").spec.dependsOn = [{ name: "frist" }];
    },
    "dependsOn of a second": (tree) => {
      find(tree, "Kustomization", "second").spec.dependsOn.push({ name: "third" });
    },
    "a path that is not there": (tree) => {
      find(tree, "Kustomization", "first").spec.path = "./platform/frist";
    },
    "a chart's repository": (tree) => {
      find(tree, "HelmRelease").spec.chart.spec.sourceRef.name = "vendors";
    },
    "a chart's source": (tree) => {
      const { spec } = find(tree, "HelmRelease");
      delete spec.chart;
      spec.chartRef = { kind: "OCIRepository", name: "chart" };
    },
    "the source is gone": (tree) => void tree.docs.splice(tree.docs.indexOf(find(tree, "GitRepository")), 1),
    "a release depends on nobody": (tree) => {
      find(tree, "HelmRelease").spec.dependsOn = [{ name: "cert-manager" }];
    },
  }),
  ...faults("GO-07", {
    "two of them": (tree) => {
      find(tree, "Kustomization", "first").spec.dependsOn = [{ name: "second" }];
    },
    "on itself": (tree) => {
      find(tree, "Kustomization", "first").spec.dependsOn = [{ name: "first" }];
    },
    "three of them": (tree) => {
      const third = structuredClone(find(tree, "Kustomization", "second"));
      Object.assign(third, { metadata: { name: "third", namespace: "flux-system" } });
      third.spec.dependsOn = [{ name: "second" }];
      third.spec.postBuild.substitute = { region: "us" };
      tree.docs.push(third);
      find(tree, "Kustomization", "first").spec.dependsOn = [{ name: "third", namespace: "flux-system" }];
    },
    releases: (tree) => {
      const other = structuredClone(find(tree, "HelmRelease"));
      other.metadata.name = "other";
      other.spec.dependsOn = [{ name: "metrics" }];
      tree.docs.push(other);
      find(tree, "HelmRelease", "metrics").spec.dependsOn = [{ name: "other" }];
    },
  }),
  ...faults("GO-08", {
    "a variable of the file": (tree) => {
      tree.files["platform/second/settings.yaml"] = tree.files["platform/second/settings.yaml"]!.replace(
        "site_id:=none",
        "zone",
      );
    },
    "the definition is gone": (tree) => {
      find(tree, "Kustomization", "second").spec.postBuild.substitute = { other: "x" };
    },
    "another case": (tree) => {
      find(tree, "Kustomization", "second").spec.postBuild.substitute = { Region: "eu" };
    },
    "another file": (tree) => {
      tree.files["platform/second/kustomization.yaml"] += "  - more.yaml\n";
      tree.files["platform/second/more.yaml"] =
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: more\n  namespace: flux-system\ndata:\n  a: ${undefined_here}\n";
    },
  }),
  ...faults("GO-13", {
    "a Kustomization of a tenant": (tree) => {
      const copy = structuredClone(find(tree, "Kustomization", "first"));
      Object.assign(copy, { metadata: { name: "team", namespace: "team" } });
      Object.assign(copy.spec, {
        serviceAccountName: "team",
        sourceRef: { kind: "GitRepository", name: "fleet", namespace: "flux-system" },
      });
      tree.docs.push(copy);
    },
    "a release of a tenant": (tree) => {
      const copy = structuredClone(find(tree, "HelmRelease"));
      Object.assign(copy, { metadata: { name: "team", namespace: "team" } });
      copy.spec.chart.spec.sourceRef.namespace = "flux-system";
      tree.docs.push(copy);
    },
    "a chart of another team": (tree) => {
      const copy = structuredClone(find(tree, "HelmRelease"));
      Object.assign(copy, { metadata: { name: "team", namespace: "team" } });
      delete copy.spec.chart;
      copy.spec.chartRef = { kind: "OCIRepository", name: "charts", namespace: "flux-system" };
      tree.docs.push(copy);
    },
  }),
  ...faults("GO-14", {
    "the folder above": (tree) => {
      find(tree, "Kustomization", "first").spec.path = "./platform";
      const { spec } = find(tree, "Kustomization", "second");
      delete spec.postBuild;
    },
    "the same folder": (tree) => {
      const copy = structuredClone(find(tree, "Kustomization", "first"));
      copy.metadata.name = "again";
      tree.docs.push(copy);
    },
    "the same folder, written in another way": (tree) => {
      const copy = structuredClone(find(tree, "Kustomization", "first"));
      copy.metadata.name = "again";
      copy.spec.path = "platform/second/../first/";
      tree.docs.push(copy);
    },
  }),
  ...faults("GO-15", {
    "no label": (tree) => {
      delete find(tree, "ConfigMap", "site").metadata.labels["reconcile.fluxcd.io/watch"];
    },
    "another value": (tree) => {
      find(tree, "ConfigMap", "site").metadata.labels["reconcile.fluxcd.io/watch"] = "Disabled";
    },
    "values of a release": (tree) => {
      tree.docs.push({
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "values", namespace: "flux-system" },
        data: { "values.yaml": "a: b" },
      });
      find(tree, "HelmRelease").spec.valuesFrom = [{ kind: "ConfigMap", name: "values" }];
    },
  }),
  ...faults("GO-20", {
    ...inSpecs(
      [["Kustomization", "first"], ["Kustomization", "second"], ["HelmRelease"]],
      "an account",
      (spec) => {
        spec.serviceAccountName = "deployer-of-nobody";
      },
    ),
    "another ConfigMap": (tree) => {
      find(tree, "Kustomization", "second").spec.postBuild.substituteFrom = [
        { kind: "ConfigMap", name: "sites" },
      ];
    },
    "values from nowhere": (tree) => {
      find(tree, "HelmRelease").spec.valuesFrom = [{ kind: "ConfigMap", name: "metrics-values" }];
    },
    "the ConfigMap is gone": (tree) =>
      void tree.docs.splice(tree.docs.indexOf(find(tree, "ConfigMap", "site")), 1),
    "the ConfigMap lies in another namespace": (tree) => {
      find(tree, "ConfigMap", "site").metadata.namespace = "apps";
    },
  }),
  ...faults("GO-21", {
    "another folder": (tree) => {
      find(tree, "Application", "shop-a").spec.source.path = "platform/shop-c";
    },
    outside: (tree) => {
      find(tree, "Application", "shop-b").spec.source.path = "../other/shop-b";
    },
    "Flux outside": (tree) => {
      find(tree, "Kustomization", "first").spec.path = "../../other";
    },
    "the folder was renamed": (tree) => {
      for (const path of Object.keys(tree.files)) {
        if (!path.startsWith("platform/shop-b/")) continue;
        tree.files[path.replace("shop-b", "shop-z")] = tree.files[path]!;
        delete tree.files[path];
      }
    },
  }),
];

const server = "https://10.1.2.3:6443";
const pull: Fault[] = [
  ...faults(
    "PULL-01",
    inSpecs([...appliers], "a kubeconfig", (spec) => {
      spec.kubeConfig = { secretRef: { name: "site" } };
    }),
  ),
  ...["shop-a", "shop-b"].flatMap((name) =>
    faults("PULL-02", {
      [`a server, ${name}`]: (tree) => {
        find(tree, "Application", name).spec.destination.server = server;
      },
      [`a name, ${name}`]: (tree) => {
        find(tree, "Application", name).spec.destination = { name: "site-7", namespace: name };
      },
      [`plain http, ${name}`]: (tree) => {
        find(tree, "Application", name).spec.destination.server = "http://kubernetes.default.svc";
      },
    }),
  ),
  ...additions("PULL-02", {
    ApplicationSet: {
      ...{
        apiVersion: "argoproj.io/v1alpha1",
        kind: "ApplicationSet",
        metadata: { name: "set", namespace: "argocd" },
      },
      spec: {
        generators: [{ list: { elements: [] } }],
        template: { metadata: { name: "a" }, spec: { project: "edge", destination: { server } } },
      },
    },
  }),
  ...additions("PULL-03", {
    ...Object.fromEntries(
      Object.entries({
        clusters: { clusters: {} },
        decision: { clusterDecisionResource: { configMapRef: "c" } },
        "in a matrix": { matrix: { generators: [{ list: { elements: [] } }, { clusters: {} }] } },
        "in a merge of a matrix": { merge: { generators: [{ matrix: { generators: [{ clusters: {} }] } }] } },
      }).map(([what, generator]) => [
        what,
        {
          ...{
            apiVersion: "argoproj.io/v1alpha1",
            kind: "ApplicationSet",
            metadata: { name: "set", namespace: "argocd" },
          },
          spec: { generators: [generator], template: { metadata: { name: "a" }, spec: { project: "edge" } } },
        },
      ]),
    ),
  }),
  ...faults("PULL-04", {
    everything: (tree) => {
      find(tree, "AppProject").spec.destinations = [{ server: "*", namespace: "*" }];
    },
    "a second one": (tree) => {
      find(tree, "AppProject").spec.destinations.push({ server, namespace: "apps" });
    },
    "every name": (tree) => {
      find(tree, "AppProject").spec.destinations.push({ name: "*", namespace: "apps" });
    },
  }),
  ...additions("PULL-05", {
    "in the clear": {
      ...{ apiVersion: "v1", kind: "Secret" },
      metadata: {
        name: "site-7",
        namespace: "argocd",
        labels: { "argocd.argoproj.io/secret-type": "cluster" },
      },
      stringData: { name: "site-7", server },
    },
    base64: {
      ...{ apiVersion: "v1", kind: "Secret" },
      metadata: {
        name: "site-7",
        namespace: "argocd",
        labels: { "argocd.argoproj.io/secret-type": "cluster" },
      },
      data: { server: Buffer.from(server).toString("base64") },
    },
    "without an address": {
      ...{ apiVersion: "v1", kind: "Secret" },
      metadata: {
        name: "site-7",
        namespace: "argocd",
        labels: { "argocd.argoproj.io/secret-type": "cluster" },
      },
    },
  }),
  ...additions("PULL-06", kubeconfigs()),
  ...additions("PULL-07", {
    fleet: {
      ...{
        apiVersion: "fleet.cattle.io/v1alpha1",
        kind: "Cluster",
        metadata: { name: "a", namespace: "fleet" },
      },
      spec: { kubeConfigSecret: "a" },
    },
    "with labels": {
      ...{ apiVersion: "fleet.cattle.io/v1alpha1", kind: "Cluster" },
      metadata: { name: "b", namespace: "fleet", labels: { ring: "1" } },
      spec: { paused: false, kubeConfigSecret: "b" },
    },
    "with a namespace": {
      ...{
        apiVersion: "fleet.cattle.io/v1alpha1",
        kind: "Cluster",
        metadata: { name: "a", namespace: "fleet" },
      },
      spec: { kubeConfigSecret: "a", kubeConfigSecretNamespace: "b" },
    },
  }),
  ...additions("PULL-08", {
    karmada: {
      apiVersion: "cluster.karmada.io/v1alpha1",
      kind: "Cluster",
      metadata: { name: "a" },
      spec: { syncMode: "Push" },
    },
    "with a provider": {
      ...{
        apiVersion: "cluster.karmada.io/v1alpha1",
        kind: "Cluster",
        metadata: { name: "b", labels: { a: "b" } },
      },
      spec: { provider: "edge", syncMode: "Push", secretRef: { name: "b" } },
    },
    "with an address": {
      ...{ apiVersion: "cluster.karmada.io/v1alpha1", kind: "Cluster", metadata: { name: "a" } },
      spec: { syncMode: "Push", apiEndpoint: server },
    },
  }),
];

function kubeconfigs(): Record<string, Doc> {
  const text = `apiVersion: v1\nkind: Config\nclusters:\n- name: a\n  cluster: {server: "${server}"}\nusers:\n- name: a\n  user: {token: x}\n`;
  const json = JSON.stringify({ clusters: [{ cluster: { server } }], users: [] }, null, 1);
  return {
    "in a ConfigMap": {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "k" },
      data: { config: text },
    },
    "in a Secret": {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "k" },
      stringData: { config: text },
    },
    base64: {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "k" },
      data: { value: Buffer.from(text).toString("base64") },
    },
    "as JSON": { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "k" }, data: { config: json } },
  };
}

/** Kinds of Flux that apply things are named by this version. */
export const fluxVersion = flux;
export const gitopsFaults: readonly Fault[] = [...timing, ...delivery, ...references, ...pull];
