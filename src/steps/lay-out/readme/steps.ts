import type { LayOutContext } from "#model/layout.ts";
import { needsRecipients } from "../rollout/new-site.ts";
import { buildVariables } from "../rollout/workflow.ts";
import { hasCluster } from "../sizes.ts";
import { namespaces } from "../tree.ts";

type Step = { title: string; text: string[] };

/** Steps as Markdown, numbered. */
export function numbered(all: Step[]): string[] {
  return all.flatMap((step, index) => [`### ${index + 1}. ${step.title}`, "", ...step.text, ""]);
}

function shell(...commands: string[]): string[] {
  return ["```sh", ...commands, "```"];
}

function shellIfAny(...commands: string[]): string[] {
  return commands.length > 0 ? shell(...commands) : [];
}

/** Every step from the first key to the last ring, in the order of doing. */
export function steps(context: LayOutContext, paths: ReadonlySet<string>): Step[] {
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
          `grep -rlI --exclude-dir=.git example.com . | xargs sed -i "s|${hosts.registry.split("/")[0]}|YOUR-REGISTRY|g; s|git.example.com|YOUR-GIT-HOST|g; s|metrics.example.com|YOUR-HUB|g"`,
          "grep -rnI --exclude-dir=.git example.com .   # what is left: time server, Tang, vault, ingest; labels may stay",
          `bash scripts/check.sh                        # ${cluster ? "builds everything; needs kubectl" : "looks the image configuration through"}`,
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
              "organisation into the signer's address, wherever it stands:",
              "",
              ...shell(
                'grep -rlI --exclude-dir=.git "example/fleet" . | xargs sed -i "s|example/fleet|YOUR-ORG/YOUR-REPOSITORY|g"',
              ),
              ...builders(context),
            ],
          },
        ]
      : []),
    ...secretSteps(context),
    {
      title: "Build the device image",
      text: [
        cluster
          ? "Operating system and node configuration go into one image per device type; the bootstrap travels with its site:"
          : "Operating system and workload go into one image per device type:",
        "",
        ...devices
          .slice(0, 5)
          .map(
            ({ slug }) =>
              `- \`image/${slug}/\`, \`nodes/${slug}/\`${decisions.gitops.choice === "none" ? "" : `; \`bootstrap/${slug}/\` with the site`}`,
          ),
        ...(devices.length > 5 ? [`- … and ${devices.length - 5} more`] : []),
        "",
        "`image/` names the builder and what it needs; `SECURITY.md` there says what encryption and Secure Boot mean here.",
        "",
        ...shell(
          ...(paths.has("scripts/vendor-distro.sh") ? [`bash scripts/vendor-distro.sh ${arch}`] : []),
          ...(vendored ? [`sh scripts/vendor-engine.sh ${arch}`] : []),
          ...(paths.has("scripts/vendor-images.sh") ? [`bash scripts/vendor-images.sh ${arch}`] : []),
          `bash scripts/build-image.sh ${device} ${hosts.registry}/images/${device}:1.0.0`,
          ...rolesOf(paths, device).map(
            (role) =>
              `bash scripts/build-image.sh ${device} ${hosts.registry}/images/${device}-${role}:1.0.0 ${role}   # ${roleMeaning[role]}`,
          ),
        ),
        ...(decisions.registry.choice === "baked"
          ? ["", "Every image of `images.txt` is in it: sites pull none."]
          : []),
        ...(decisions.topology.choice === "site-server"
          ? [
              "",
              "The first image is for the added server of a site, the agent image for its devices. A server of another architecture",
              "needs a device type of its own.",
            ]
          : []),
      ],
    },
    {
      title: "Prepare a site",
      text: [
        "Identity and keys of one site, in a folder outside this repository:",
        "",
        ...shell(
          ...(needsRecipients(context)
            ? [
                "age-keygen -o ../recovery.agekey && age-keygen -y ../recovery.agekey > ../recovery-recipients.txt   # once",
              ]
            : []),
          `bash scripts/new-site.sh site-00001 ${region} ${device} ${firstRing}`,
        ),
        ...(needsRecipients(context)
          ? [
              "",
              "Keep `recovery.agekey` offline: it opens disks and copies when a device cannot any more, and it is never on a device.",
            ]
          : []),
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
              `CI ${decisions.delivery.choice === "oci" ? "renders, pins, pushes and signs" : "builds, pushes and signs"} on every push to \`main\`, and tags the result for ring \`${firstRing}\`.`,
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
        `Install the image (\`image/${device}/provisioning/README.md\`). Copy what is in \`seed/\` of the site onto a medium with the label`,
        "`EDGE_SITE`, plug it in, switch on; the device takes it over once and ignores every later one. Erase the medium. At its console:",
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
        ...(decisions.rollout.params.rings.length === 1 ? ["One ring: nothing is promoted."] : []),
        ...shellIfAny(
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

const roleMeaning = {
  "server-join": "servers after the first",
  agent: "nodes without control plane",
} as const;

/** Nodes of a site that are not its first server have an image of their own. */
function rolesOf(paths: ReadonlySet<string>, device: string): (keyof typeof roleMeaning)[] {
  const all = [...paths];
  return (["server-join", "agent"] as const).filter((role) =>
    all.some((path) => path.startsWith(`nodes/${device}/${role}/`)),
  );
}

/** What CI asks for beside the registry, where it builds device images. */
function builders(context: LayOutContext): string[] {
  const releases = context.decisions.upgrades.choice === "kairos-nodeop";
  const names = buildVariables(context);
  if ((!releases && context.decisions.delivery.choice !== "image") || names.length === 0) return [];
  return [
    "",
    `Device images are built by CI ${releases ? "from tags `image-1.0.1`" : "on every push"}; it needs these variables, each pinned by digest or checksum:`,
    `${names.map((name) => `\`${name}\``).join(", ")}.`,
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
    flux: [
      `${k} -n flux-system get kustomizations,${context.decisions.delivery.choice === "git" ? "gitrepositories" : "ocirepositories"}`,
    ],
    argocd: [`${k} -n argocd get applications`],
  };
  return [
    `${k} get nodes`,
    ...(engine[context.decisions.gitops.choice] ?? []),
    ...Object.values(namespaces).map((namespace) => `${k} -n ${namespace} get pods`),
  ];
}

function offlineSite({ answers }: LayOutContext): boolean {
  return answers.network === "air-gapped";
}

function kernelArch(arch: string): string {
  return arch === "armv7" ? "arm" : arch;
}

function credentials(context: LayOutContext): string[] {
  const { gitops, templating } = context.decisions;
  if (gitops.choice === "none") {
    return context.decisions.upgrades.choice === "image-ab" && !offlineSite(context)
      ? [
          "- `seed/etc/edge/registry-auth.json`: the site's own read-only registry login, as `docker login` writes it, for",
          "  `edge-image-update`. Without it the device keeps the image it has.",
        ]
      : [
          "- `seed/etc/edge/cosign.pub`: the public key by which the device accepts an image from a medium EDGE_UPDATE.",
        ];
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
            `No agent at the site could decrypt anything, so secrets are written onto the device at provisioning${context.decisions.encryption.choice === "none" ? "" : ", into its encrypted partition"},`,
            "one set per site. None is in the image and none is in this repository.",
          ],
        },
      ];
  }
}
