import type { Topic } from "#model/decision.ts";
import { topics } from "#model/decision.ts";
import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { hasCluster } from "./sizes.ts";
import { yamlFile } from "./tree.ts";

/** Where the distributions describe registry mirrors; only one of them is there. */
const mirrorFiles = [
  "etc/rancher/k3s/registries.yaml",
  "etc/k0s/certs.d/",
  "var/snap/microk8s/common/.microk8s.yaml",
];

/** The configuration of the first server, by distribution; only one of them is there. */
const nodeConfigs = [
  "etc/rancher/k3s/config.yaml",
  "etc/k0s/k0s.yaml",
  "var/snap/microk8s/common/.microk8s.yaml",
];

/** Where a decision can be seen, by topic: the first path below that is in the tree. A trailing slash stands for a folder. */
function places(context: LayOutContext): Record<Topic, readonly string[]> {
  const { devices, sets, decisions } = context;
  const device = devices[0]!.slug;
  const set = sets[0]!.slug;
  const nodes = `nodes/${device}/`;
  const image = `image/${device}/`;
  const security = `${image}SECURITY.md`;
  const built = ["containerfile", "user-data", "eib.yaml", "butane.yaml", "model.json"].map(
    (name) => image + name,
  );
  // What does not exist at a site can only be said, so the runbook says it.
  const said = "README.md";
  const cluster = hasCluster(context);
  const mirrored = ["regional-mirror", "spegel"].includes(decisions.registry.choice);
  const helm = decisions.templating.choice === "helm";
  return {
    distribution: cluster ? [...nodeConfigs.map((name) => nodes + name), nodes, said] : [said],
    topology: cluster ? [...nodeConfigs.map((name) => nodes + name), nodes, said] : [said],
    datastore: cluster ? [...nodeConfigs.map((name) => nodes + name), nodes, said] : [said],
    os: [...built, said],
    provisioning: [`${image}provisioning/README.md`, `${image}provisioning/`, said],
    encryption: [security, said],
    secureBoot: [security, said],
    gitops: [`bootstrap/${device}/sync/`, said],
    delivery: [
      `bootstrap/${device}/sync/sync.yaml`,
      `bootstrap/${device}/sync/`,
      ".github/workflows/publish.yaml",
    ],
    templating: [...(helm ? ["charts/edge-app/Chart.yaml"] : []), `sets/${set}/kustomization.yaml`, said],
    secrets: [".sops.yaml", "base/sealed-secrets/", "stores/vault.yaml", said],
    registry: [
      "base/site-registry/registry.yaml",
      ...(mirrored ? mirrorFiles.map((name) => nodes + name) : []),
      "images.txt",
      said,
    ],
    podTraffic: cluster ? [...nodeConfigs.map((name) => nodes + name), nodes, said] : [said],
    upgrades: [
      "base/upgrades/node-op-upgrades.yaml",
      "base/upgrades/plans.yaml",
      "base/upgrades/",
      `${nodes}usr/lib/edge/edge-image-update`,
      `${nodes}usr/lib/edge/edge-snap-refresh`,
      nodes,
      said,
    ],
    rollout: ["rings.yaml"],
    wasm:
      decisions.wasm.choice === "none"
        ? [said]
        : ["base/wasm/runtime-class.yaml", "base/wasm/sample.yaml", said],
    observability: ["base/observability/agent.yaml", "docs/operations.md"],
    backup: [`${nodes}restore.md`, "docs/restore.md"],
  };
}

/** The file (or folder) of the tree that shows each decision. */
export function shownIn(context: LayOutContext, paths: ReadonlySet<string>): Record<Topic, string> {
  const candidates = places(context);
  return Object.fromEntries(
    topics.map((topic) => {
      const found = candidates[topic].map((place) => fileAt(place, paths)).find(Boolean);
      return [topic, found ?? "fleet.yaml"];
    }),
  ) as Record<Topic, string>;
}

const TELLING = /(?:config|k0s|microk8s|launch|instance|application|plans|controller|vault)[^/]*\.yaml$/;

/** The file itself, or the most telling one of a folder. */
function fileAt(place: string, paths: ReadonlySet<string>): string | undefined {
  if (!place.endsWith("/")) return paths.has(place) ? place : undefined;
  const inside = [...paths].filter((path) => path.startsWith(place)).sort();
  return (
    inside.find((path) => TELLING.test(path)) ??
    inside.find((path) => path.endsWith("README.md")) ??
    inside[0]
  );
}

/** Everything that was decided, for programs: topic to choice, parameters, rule and the file that shows it. */
export function fleetFile(context: LayOutContext, paths: ReadonlySet<string>): File {
  const { answers, decisions, sets, devices, regions } = context;
  const shown = shownIn(context, new Set([...paths, "fleet.yaml"]));
  return yamlFile(context, "fleet.yaml", {
    documents: {
      fleet: {
        sites: answers.sites,
        nodesPerSite: answers.nodesPerSite,
        network: answers.network,
        outageHours: answers.outageHours,
        exposure: answers.exposure,
        accelerator: answers.accelerator,
        regions,
        deviceTypes: devices.map(({ slug, deviceType }) => ({
          name: slug,
          memoryMiB: deviceType.memoryMiB,
          arch: deviceType.arch,
          share: deviceType.share,
        })),
        sets: sets.map(({ slug }) => slug),
      },
      decisions: Object.fromEntries(
        topics.map((topic) => {
          const { choice, params, rule } = decisions[topic];
          const hasParams = Object.keys(params).length > 0;
          return [topic, { choice, ...(hasParams && { params }), rule, shownIn: shown[topic] }];
        }),
      ),
      // Last, and one a line: a later plan removes what this one wrote and no longer writes.
      files: [...new Set([...paths, "fleet.yaml"])].sort(),
    },
    purpose: "What was decided, for programs: every topic with its choice and the file that shows it.",
  });
}

/** Every decision with its reason, what was rejected and where it was read; for people. */
export function decisionsDocument({ decisions }: LayOutContext): File {
  const parts = topics.flatMap((topic) => {
    const { choice, rule, reason, rejected, sources } = decisions[topic];
    return [
      `## ${title(topic)}: ${choice}`,
      "",
      `${reason.en} (rule ${rule})`,
      "",
      ...(rejected.length > 0
        ? [...rejected.map((other) => `- Not ${other.choice}: ${other.why.en}`), ""]
        : []),
      `Read at: ${sources.map((source) => (source.url ? `[${source.title}](${source.url})` : source.title)).join(" · ")}`,
      "",
    ];
  });
  return {
    path: "DECISIONS.md",
    content: `${["# Decisions", "", "Why this repository is as it is. Choices and parameters for programs are in [fleet.yaml](fleet.yaml).", "", ...parts].join("\n").trimEnd()}\n`,
    purpose: "Every decision with its reason, what was rejected and the source.",
  };
}

/** `secureBoot` as people write it. */
export function title(topic: Topic): string {
  const names: Partial<Record<Topic, string>> = {
    os: "Operating system",
    gitops: "GitOps engine",
    wasm: "WebAssembly",
  };
  const words = topic.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return names[topic] ?? words.charAt(0).toUpperCase() + words.slice(1);
}
