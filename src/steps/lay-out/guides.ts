import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { stateDir } from "#model/upkeep.ts";
import { exampleSite } from "./overlays.ts";
import { hasCluster, outageBufferMiB } from "./sizes.ts";
import { textFile } from "./tree.ts";

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
    ...(cluster
      ? silence
      : [
          decisions.upgrades.choice === "image-ab" && answers.network !== "air-gapped"
            ? "The registry sees each device ask for its ring: a device that has not asked for two intervals is silent."
            : "Nothing leaves the device; read its journal on the spot.",
        ]),
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
    ...(cluster
      ? [
          `Node certificates renew at a start: no site may run longer than ${decisions.upgrades.params.restartWithinDays} days without one, and the node's timer sees to it.`,
        ]
      : []),
    "",
    "## A site that must start anew",
    "",
    "A device takes one site over and then ignores every medium. To give it another one, remove the old at its console, then",
    `restart with the new medium: \`rm -rf /usr/local/edge-site ${stateDir(decisions.distribution.choice)}/site\`.`,
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
    backup.choice === "rebuild"
      ? "A rebuild that was never tried is a hope. Rebuild one site of the first ring every quarter, on a spare device."
      : "A copy that was never restored is a hope. Restore one site of the first ring every quarter, from the copy, on a spare device.",
  ];
  return textFile("docs/restore.md", lines, "What is copied, and how a site comes back.");
}
