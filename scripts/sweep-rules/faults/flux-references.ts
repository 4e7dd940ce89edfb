import { type Fault, faults, find, inSpecs } from "../fault.ts";

export const fluxReferenceFaults: readonly Fault[] = [
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
  ...faults("GO-22", {
    "no operation": (tree) => {
      find(tree, "Kustomization", "first").spec.patches = [
        { target: { kind: "Deployment" }, patch: '[{"op": "replce", "path": "/spec/replicas", "value": 1}]' },
      ];
    },
    "a path without a slash": (tree) => {
      find(tree, "HelmRelease").spec.postRenderers = [
        {
          kustomize: {
            patches: [{ target: { kind: "Service" }, patch: "- {op: remove, path: spec/ports}" }],
          },
        },
      ];
    },
    "no API version": (tree) => {
      find(tree, "Kustomization", "first").spec.patches = [
        { patch: "{kind: Deployment, metadata: {name: till}, spec: {replicas: 1}}" },
      ];
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
