import { type Topic, topics } from "#model/decision.ts";
import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { shownIn, title } from "./fleet.ts";
import { exampleSite } from "./overlays.ts";
import { numbered, steps } from "./readme/steps.ts";
import { hasCluster } from "./sizes.ts";
import { textFile } from "./tree.ts";

/** The runbook from the first key to the first device, in the order of doing, and what comes after. */
export function readme(context: LayOutContext, paths: ReadonlySet<string>): File {
  const cluster = hasCluster(context);
  const lines = [
    "# Fleet repository",
    "",
    ...intro(context),
    "",
    "A blueprint: a person reviews it before use. Hosts under `example.com` are placeholders; certificates, keys and",
    "physical security are yours.",
    "",
    "## What lies where",
    "",
    "```text",
    ...tree(paths),
    "```",
    "",
    "## What was decided",
    "",
    ...table(context, paths),
    "",
    "Reasons, rejected alternatives and sources: [DECISIONS.md](DECISIONS.md). For programs: [fleet.yaml](fleet.yaml).",
    "",
    "## From the first key to the first device",
    "",
    ...numbered(steps(context, paths)),
    "## Day to day",
    "",
    "- [docs/operations.md](docs/operations.md): outages, alerts, exceptions, new regions and device types.",
    "- [docs/restore.md](docs/restore.md): what is copied, and how a site comes back.",
    ...(cluster
      ? [
          "",
          "Never edit a site by hand: the next reconciliation puts it back. Never add an overlay per site either; what",
          `differs per site is its identity, and the rare exception lies in \`clusters/\` (see \`clusters/${exampleSite}\`).`,
        ]
      : []),
  ];
  return textFile(
    "README.md",
    lines,
    "Runbook: what lies where, and every step from the first key to the first device.",
  );
}

function intro(context: LayOutContext): string[] {
  const { answers, decisions, sets, regions, devices } = context;
  const sites = `${answers.sites} ${answers.sites === 1 ? "site" : "sites"}, ${regions.length} ${regions.length === 1 ? "region" : "regions"}, ${devices.length} device ${devices.length === 1 ? "type" : "types"}`;
  if (!hasCluster(context)) {
    return [
      `Desired state of ${sites}. **No Kubernetes runs at these sites**: the devices are too small for it, or no`,
      "released binary exists for them. This repository holds what then exists: the image configuration of each device",
      "type, its rings, and the CI that builds, signs and promotes images. Devices pull; nothing dials in.",
    ];
  }
  const { distribution, gitops, delivery } = decisions;
  const pull =
    gitops.choice === "none"
      ? "Manifests travel in the device image; the device pulls new images, no agent runs beside the workload."
      : `${gitops.choice === "flux" ? "Flux" : "Argo CD"} inside each site pulls ${delivery.choice === "oci" ? "signed OCI artifacts" : "this repository"}; nothing dials in.`;
  return [
    `Desired state of ${sites}, built from ${sets.length} ${sets.length === 1 ? "set" : "sets"}: ${distribution.choice} ${distribution.params.version} at every site. ${pull}`,
    ...(decisions.topology.choice === "site-server"
      ? [
          "",
          "The devices are too small to carry a control plane: each site gets one server with at least 2 GB, the devices",
          "join it as agents.",
        ]
      : []),
  ];
}

const what: readonly [RegExp, string][] = [
  [/^base\//, "hardened components, no environment"],
  [/^device-types\//, "memory, architecture, disk of each hardware"],
  [/^regions\//, "registry, hub, time zone of each region"],
  [/^sets\//, "the build targets: one per region and device type"],
  [/^clusters\//, "exceptions for single sites, as few as possible"],
  [/^policies\//, "namespaces, traffic, rights, admission"],
  [/^bootstrap\//, "what goes into the device image so that a site starts to pull"],
  [/^nodes\//, "node configuration"],
  [/^image\//, "OS image, provisioning, encryption"],
  [/^hub\//, "for the hub, never applied at a site"],
  [/^stores\//, "second stage: which secrets are fetched from where"],
  [/^charts\//, "the sample workload as a Helm chart"],
  [/^scripts\//, "run on your machine, each says what it does"],
  [/^docs\//, "operations and restore"],
];

function tree(paths: ReadonlySet<string>): string[] {
  const sorted = [...paths].sort();
  const rows = what.flatMap(([pattern, meaning]) => {
    const found = sorted.filter((path) => pattern.test(path));
    if (found.length === 0) return [];
    const children = [...new Set(found.map((path) => path.split("/")[1]!))];
    const shown = children.length > 6 ? [...children.slice(0, 5), `… ${children.length - 5} more`] : children;
    const name = `${found[0]!.split("/")[0]}/`;
    return [`${name.padEnd(16)}${meaning}`, ...shown.map((child) => `  ${child}`)];
  });
  const roots = [
    ["fleet.yaml", "every decision, for programs"],
    ["DECISIONS.md", "every decision with reason and source"],
    ["rings.yaml", "rings, percentages, soak times"],
    ["images.txt", "every image of this repository, for CI and mirrors"],
    [".sops.yaml", "which key reads which secret"],
    [".github/workflows/publish.yaml", "check, render, pin, push, sign"],
  ].filter(([path]) => paths.has(path!));
  return [...rows, ...roots.map(([path, meaning]) => `${path}  ${meaning}`)];
}

function table(context: LayOutContext, paths: ReadonlySet<string>): string[] {
  const shown = shownIn(context, paths);
  const params = (topic: Topic) => {
    const values = Object.entries(context.decisions[topic].params).filter(
      ([name, value]) => name !== "rings" && value !== "" && value !== null,
    );
    return values.map(([name, value]) => `${name} ${value}`).join(", ");
  };
  return [
    "| Topic | Decision | Details | See |",
    "| --- | --- | --- | --- |",
    ...topics.map(
      (topic) =>
        `| ${title(topic)} | ${context.decisions[topic].choice} | ${params(topic)} | [${shown[topic]}](${shown[topic]}) |`,
    ),
  ];
}
