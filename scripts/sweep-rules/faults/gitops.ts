import { additions, appliers, type Fault, faults, find, inSpecs, sources } from "../fault.ts";

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
  ...additions("GO-02", {
    "an upgrade follows a channel": {
      ...{
        apiVersion: "upgrade.cattle.io/v1",
        kind: "Plan",
        metadata: { name: "k3s", namespace: "system-upgrade" },
      },
      spec: {
        channel: "https://update.k3s.io/v1-release/channels/stable",
        upgrade: { image: "rancher/k3s-upgrade" },
      },
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

export const gitopsFaults: readonly Fault[] = [...timing, ...delivery];
