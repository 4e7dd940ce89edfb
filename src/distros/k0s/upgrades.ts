import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";

/** Platforms of k0s downloads by architecture; riscv64 has none. */
const platform = { amd64: "linux-amd64", arm64: "linux-arm64", armv7: "linux-arm" } as const;

/** The one Autopilot plan: controllers one by one, workers after them. */
export function autopilot(context: LayOutContext): File[] {
  const { decisions, devices, yaml } = context;
  const { version } = decisions.distribution.params;
  const arches = [...new Set(devices.map(({ deviceType }) => deviceType.arch))].sort();
  const platforms = arches
    .filter((arch) => arch !== "riscv64")
    .map((arch) => [
      platform[arch],
      {
        url: `https://github.com/k0sproject/k0s/releases/download/${version}/k0s-${version}-${arch === "armv7" ? "arm" : arch}`,
      },
    ]);
  const everywhere = { discovery: { selector: {} }, limits: { concurrent: 1 } };
  const plan = {
    apiVersion: "autopilot.k0sproject.io/v1beta2",
    kind: "Plan",
    metadata: {
      name: "autopilot",
      annotations: { "argocd.argoproj.io/sync-options": "SkipDryRunOnMissingResource=true" },
    },
    spec: {
      // A plan is fixed once it was read: a new release is a new id.
      id: version.replace(/[^A-Za-z0-9.]/g, "-"),
      timestamp: "now",
      commands: [
        {
          k0supdate: {
            version,
            platforms: Object.fromEntries(platforms),
            targets: { controllers: everywhere, workers: everywhere },
          },
        },
      ],
    },
  };
  return [
    {
      path: "base/upgrades/kustomization.yaml",
      content: yaml({
        apiVersion: "kustomize.config.k8s.io/v1beta1",
        kind: "Kustomization",
        resources: ["autopilot.yaml"],
      }),
      purpose: "Upgrades of k0s by plan.",
    },
    {
      path: "base/upgrades/autopilot.yaml",
      content: yaml(
        plan,
        "Add the sha256 of each download when CI pins the release; the field is optional for k0s.",
      ),
      purpose: "One k0s release, controllers one by one, workers after them.",
    },
  ];
}
