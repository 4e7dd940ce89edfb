import { type Topic, topics } from "#model/decision.ts";
import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { shownIn, title } from "./fleet.ts";
import { exampleSite } from "./overlays.ts";
import { hasCluster, outageBufferMiB } from "./sizes.ts";
import { namespaces, textFile } from "./tree.ts";

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
    const values = Object.entries(context.decisions[topic].params).filter(([name]) => name !== "rings");
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

type Step = { title: string; text: string[] };

function numbered(all: Step[]): string[] {
  return all.flatMap((step, index) => [`### ${index + 1}. ${step.title}`, "", ...step.text, ""]);
}

function shell(...commands: string[]): string[] {
  return ["```sh", ...commands, "```"];
}

function steps(context: LayOutContext, paths: ReadonlySet<string>): Step[] {
  const { decisions, regions, devices, hosts } = context;
  const region = regions[0]!;
  const device = devices[0]!.slug;
  const cluster = hasCluster(context);
  const firstRing = decisions.rollout.params.rings[0]!.name;
  const pushes = decisions.delivery.choice !== "git" || paths.has("charts/edge-app/Chart.yaml");
  const vendored = paths.has("scripts/vendor-engine.sh");
  const arch = kernelArch(devices[0]!.deviceType.arch);
  return [
    {
      title: "Make it yours",
      text: [
        "Replace the placeholder hosts once, and check what the scripts need.",
        "",
        ...shell(
          `grep -rl example.com . | xargs sed -i "s|${hosts.registry}|YOUR-REGISTRY/edge|g; s|git.example.com|YOUR-GIT-HOST|g; s|metrics.example.com|YOUR-HUB|g"`,
          "grep -rn example.com .        # what is left: time server, Tang, vault, ingest",
          "bash scripts/check.sh         # builds everything; needs kubectl",
        ),
      ],
    },
    {
      title: "Protect the repository",
      text: [
        "One protected branch `main`, reviews required, no force push. Rings are moved by `scripts/promote.sh` only:",
        "protect `ring/*` for the people who may promote. Pin the actions in `.github/workflows/publish.yaml` to commits (the",
        "file says how).",
      ],
    },
    ...(pushes
      ? [
          {
            title: "The registry and who may write to it",
            text: [
              "Only CI writes. In its settings: `REGISTRY_USER` and `REGISTRY_PASSWORD` with write access to",
              `\`${hosts.registry}\`; people and sites only read. Signatures are keyless, bound to the workflow: put your`,
              "organisation into the signer's address, here and in `bootstrap/`:",
              "",
              ...shell(
                'grep -rln "example/fleet" scripts bootstrap | xargs sed -i "s|example/fleet|YOUR-ORG/YOUR-REPOSITORY|g"',
              ),
            ],
          },
        ]
      : []),
    ...secretSteps(context),
    {
      title: "Build the device image",
      text: [
        cluster
          ? "Operating system, node configuration and bootstrap go into one image per device type:"
          : "Operating system and workload go into one image per device type:",
        "",
        ...devices
          .slice(0, 5)
          .map(
            ({ slug }) =>
              `- \`image/${slug}/\`${cluster ? `, \`nodes/${slug}/\`` : ""}${decisions.gitops.choice === "none" ? "" : `, \`bootstrap/${slug}/\``}`,
          ),
        ...(devices.length > 5 ? [`- … and ${devices.length - 5} more`] : []),
        "",
        "`image/` names the builder and what it needs; `SECURITY.md` there says what encryption and Secure Boot mean here.",
        "",
        ...shell(
          ...(paths.has("scripts/vendor-distro.sh") ? [`bash scripts/vendor-distro.sh ${arch}`] : []),
          ...(vendored ? [`sh scripts/vendor-engine.sh ${arch} vendor/${arch}`] : []),
          `bash scripts/build-image.sh ${device} ${hosts.registry}/images/${device}:1.0.0`,
        ),
        ...(decisions.registry.choice === "baked"
          ? ["", "Every image of `images.txt` must be in it as well: sites pull none."]
          : []),
      ],
    },
    {
      title: "Prepare a site",
      text: [
        "Identity and keys of one site, in a folder outside this repository:",
        "",
        ...shell(`bash scripts/new-site.sh site-00001 ${region} ${device} ${firstRing}`),
        "",
        "Read-only credentials belong to one site, so that one stolen device is revoked without touching the others.",
        "Their Secrets are made on the device at provisioning and are only named in this repository:",
        "",
        ...credentials(context),
      ],
    },
    {
      title: "Hand the first ring its state",
      text:
        decisions.delivery.choice === "git"
          ? [
              "Sites of a ring follow the branch `ring/NAME`.",
              "",
              ...shell("git push origin main", `bash scripts/promote.sh main ${firstRing}`),
            ]
          : [
              `CI renders, pins, pushes and signs on every push to \`main\`, and tags the result for ring \`${firstRing}\`.`,
              "",
              ...shell(
                "git push origin main",
                `crane ls ${hosts.registry}/${decisions.delivery.choice === "oci" ? `sets/${region}-${device}` : `images/${device}`}`,
              ),
            ],
    },
    {
      title: "First device",
      text: [
        "Install the image. Copy what is in `seed/` of the site onto a medium with the label `EDGE_SITE`, plug it in, switch on;",
        "the device takes it over once, then the medium can go. At its console:",
        "",
        ...shell(...firstLook(context)),
        "",
        ...(cluster && decisions.observability.choice !== "local-only"
          ? [
              'At the hub: `edge_heartbeat_timestamp_seconds{site="site-00001"}` appears within a quarter of an hour.',
            ]
          : ["The site answers for itself; nothing of it is reachable from outside."]),
      ],
    },
    {
      title: "Roll out",
      text: [
        "Ring by ring, each after its soak time:",
        "",
        "| Ring | Percent | Sites reached | Soak hours |",
        "| --- | --- | --- | --- |",
        ...decisions.rollout.params.rings.map(
          (ring) => `| ${ring.name} | ${ring.percent} | ${ring.sites} | ${ring.soakHours} |`,
        ),
        "",
        ...shell(
          ...decisions.rollout.params.rings
            .slice(1)
            .map(
              (ring, index) =>
                `bash scripts/promote.sh ${decisions.rollout.params.rings[index]!.name} ${ring.name}`,
            ),
        ),
        "",
        decisions.delivery.choice === "git"
          ? "Back is a revert on `main`, promoted the same way: rings never move backwards."
          : "Back is the same script with the ring that still runs the good state as FROM, or a revert on `main`.",
      ],
    },
  ];
}

function kubectl({ decisions }: LayOutContext): string {
  const { choice } = decisions.distribution;
  return choice === "microk8s" ? "microk8s kubectl" : `${choice} kubectl`;
}

function firstLook(context: LayOutContext): string[] {
  if (!hasCluster(context)) return ["systemctl --failed", "cat /etc/edge/site.env"];
  const k = kubectl(context);
  const engine: Record<string, string[]> = {
    flux: [`${k} -n flux-system get kustomizations,ocirepositories,gitrepositories`],
    argocd: [`${k} -n argocd get applications`],
  };
  return [
    `${k} get nodes`,
    ...(engine[context.decisions.gitops.choice] ?? []),
    ...Object.values(namespaces).map((namespace) => `${k} -n ${namespace} get pods`),
  ];
}

function kernelArch(arch: string): string {
  return arch === "armv7" ? "arm" : arch;
}

function credentials(context: LayOutContext): string[] {
  const { gitops, templating } = context.decisions;
  if (gitops.choice === "none") {
    return ["- the registry login of the image update, as the README below `image/` says."];
  }
  const chart = templating.choice === "helm" && gitops.choice === "flux";
  return [
    `- in \`${gitops.choice === "flux" ? "flux-system" : "argocd"}\`: see \`bootstrap/${context.devices[0]!.slug}/README.md\``,
    ...(chart
      ? [
          `- in \`${namespaces.apps}\`: \`registry-read-only\`, a docker-registry Secret for \`${context.hosts.registry}/charts\``,
        ]
      : []),
  ];
}

function secretSteps(context: LayOutContext): Step[] {
  const region = context.regions[0]!;
  switch (context.decisions.secrets.choice) {
    case "sops":
      return [
        {
          title: "Secrets: SOPS with age",
          text: [
            "Every site has its own age key; `.sops.yaml` lists the public halves per region. `scripts/new-site.sh` makes the",
            "key and prints its recipient. Encrypt on your machine, from a pipe; then list the file in the region:",
            "",
            ...shell(
              `bash scripts/encrypt.sh ${region} ingest < ../ingest-secret.yaml`,
              `# regions/${region}/kustomization.yaml    resources: [secrets/ingest.enc.yaml]`,
            ),
            "",
            "After a new site joined: `sops updatekeys` on the files of its region. After a theft: remove the recipient,",
            "update keys, and rotate the values themselves, because the thief may have read them.",
          ],
        },
      ];
    case "sealed-secrets":
      return [
        {
          title: "Secrets: Sealed Secrets",
          text: [
            "Each cluster makes its own key at its first start. Read the public certificate once, at the console:",
            "",
            ...shell(
              `${kubectl(context)} -n ${namespaces.system} get secret -l sealedsecrets.bitnami.com/sealed-secrets-key=active -o jsonpath='{.items[0].data.tls\\.crt}' | base64 -d > sealing.crt`,
              "bash scripts/seal.sh site-00001 ingest < ../ingest-secret.yaml",
            ),
            "",
            "A sealed secret belongs to one cluster, so it lies under `clusters/SITE/`. The key is renewed every 30 days;",
            "old keys stay. Back the keys up with the site (docs/restore.md), or seal anew after a replacement.",
          ],
        },
      ];
    case "external-secrets":
      return [
        {
          title: "Secrets: External Secrets",
          text: [
            "Values stay in your vault. `stores/vault.yaml` names the store and what is fetched; each site logs in as itself,",
            "so give every site a role that reads its own path only. Without a link the last fetched Secret stays.",
          ],
        },
      ];
    default:
      return [
        {
          title: "Secrets",
          text: [
            "No agent at the site could decrypt anything, so secrets are written onto the device at provisioning, into the",
            "encrypted data partition, one set per site. None is in the image and none is in this repository.",
          ],
        },
      ];
  }
}

/** What happens without a link, which alerts mean something, and how the fleet grows. */
export function operations(context: LayOutContext): File {
  const { answers, decisions } = context;
  const cluster = hasCluster(context);
  const { observability } = decisions;
  const silence =
    observability.choice === "local-only"
      ? [
          "Nothing leaves the site. Measurements of 30 days lie in the small store of each site; read them on the spot, or",
          "carry them out with the next visit.",
        ]
      : [
          `The agent keeps measurements on disk (${cluster ? outageBufferMiB(context) : 64} MiB) and sends them when the link is back, with their own time.`,
          "A site that cannot be reached is normal, so nothing fires for NotReady. `hub/alerts/edge-sites.yaml` fires when a",
          `site was silent for more than ${observability.params.silenceHours} hours, when half a region is silent at once (then it is the hub or the carrier), when a`,
          `buffer overflowed, and when a certificate is about to expire. At most ${observability.params.seriesPerSite} series per site leave it.`,
        ];
  const lines = [
    "# Operations",
    "",
    "## An outage",
    "",
    cluster
      ? "The site goes on with its last known state: pods restart, nodes reboot, schedules run. Images are pulled only when missing."
      : "The device goes on with the image it runs.",
    decisions.gitops.choice === "none"
      ? `After it the device asks for a new image at its next interval (${decisions.delivery.params.intervalSeconds} s).`
      : `After it the engine pulls at its next interval (${decisions.delivery.params.intervalSeconds} s; after a failure it tries again every ${decisions.delivery.params.retrySeconds} s). No one has to push.`,
    `Planned for: up to ${answers.outageHours} hours. Longer ones lose measurements first, workload data when its disk is full.`,
    "",
    "## Status and alerts",
    "",
    ...(cluster ? silence : ["The device reports with its image update; see the README below `image/`."]),
    "",
    "## Self-repair",
    "",
    ...(cluster
      ? [
          "Probes restart a hung container, the node's own watchdog restarts a hung service (`nodes/`), and the engine puts back",
          "what was changed by hand. Liveness never asks whether the hub answers: an outage must not restart anything.",
        ]
      : [
          "The watchdog of the image restarts a hung device; a failed update falls back to the last good image.",
        ]),
    `Node certificates renew at a start: no site may run longer than ${decisions.upgrades.params.restartWithinDays} days without one, and the node's timer sees to it.`,
    "",
    ...(cluster
      ? [
          "## Growing",
          "",
          "- **A region**: copy a folder in `regions/`, then one set per device type in `sets/`.",
          "- **A device type**: copy a folder in `device-types/`, `nodes/`, `bootstrap/` and `image/`, then its sets.",
          "- **A component**: a folder in `base/`, listed in the sets. Its images go to `images.txt`, a new registry to",
          "  `policies/admission/images.yaml`, its traffic to `policies/network/`.",
          `- **An exception**: copy \`clusters/${exampleSite}\`; give it an owner and an end date. Point the site's sync at it.`,
        ]
      : [
          "## Growing",
          "",
          "- **A device type**: copy a folder in `image/`; `fleet.yaml` and `rings.yaml` stay as they are.",
        ]),
  ];
  return textFile("docs/operations.md", lines, "Outages, status, alerts, self-repair and growth.");
}

/** What is copied and how a site comes back, as decided. */
export function restore(context: LayOutContext): File {
  const device = context.devices[0]!.slug;
  const { backup, secrets } = context.decisions;
  const how: Record<string, string[]> = {
    "sqlite-copy": [
      "A timer on the node copies the SQLite datastore and its token every night, encrypted, out of the site when there is a link.",
      `Commands: \`nodes/${device}/restore.md\`.`,
    ],
    "etcd-snapshot": [
      "The servers take etcd snapshots by themselves; a timer adds the token, without which a snapshot is useless.",
      `Commands: \`nodes/${device}/restore.md\`.`,
    ],
    "dqlite-backup": [
      "A timer on the node backs up dqlite. Two of three nodes must be alive for writes; with fewer, restore.",
      `Commands: \`nodes/${device}/restore.md\`.`,
    ],
    "database-backup": [
      "The state lies in your database: back it up there, and keep the server token with it.",
    ],
    rebuild: [
      "Nothing is copied: desired state is in this repository, secrets are written at provisioning, so a replaced device",
      "becomes the site again within one interval.",
    ],
  };
  const lines = [
    "# Restore",
    "",
    `## Decided: ${backup.choice}`,
    "",
    ...(how[backup.choice] ?? []),
    "",
    "## A dead device",
    "",
    "1. Revoke its credentials (deploy key, registry login) and, where a disk key is escrowed, note who used it.",
    "2. `bash scripts/new-site.sh SITE REGION DEVICE RING` with the same site id: same place, new keys.",
    "3. Install the image, carry `seed/` over, switch on. State comes back by pull; data that was not yet sent is lost with the disk.",
    ...(secrets.choice === "sealed-secrets"
      ? [
          "",
          "Sealed secrets of the old device cannot be read by the new one. Either restore its key from the backup before the",
          "controller starts, or seal them anew.",
        ]
      : []),
    ...(secrets.choice === "sops"
      ? [
          "",
          "Add the recipient of the new age key to `.sops.yaml`, remove the old one, run `sops updatekeys`.",
        ]
      : []),
    "",
    "## Try it",
    "",
    "A copy that was never restored is a hope. Restore one site of the first ring every quarter, from the copy, on a spare device.",
  ];
  return textFile("docs/restore.md", lines, "What is copied, and how a site comes back.");
}
