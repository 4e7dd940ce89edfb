import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { lines, scriptDir, stateDir, timed, upkeep } from "#model/upkeep.ts";
import { controlPlane, launchConfig } from "./node.ts";

type Device = LayOutContext["devices"][number];

/** Launch configuration, installation and upkeep of every device type. */
export function layOut(context: LayOutContext): File[] {
  return context.devices.flatMap((device) => nodeFiles(context, device));
}

function nodeFiles(context: LayOutContext, device: Device): File[] {
  const { decisions, yaml } = context;
  const dir = `nodes/${device.slug}`;
  const channel = decisions.distribution.params.version;
  return [
    {
      path: `${dir}/var/snap/microk8s/common/.microk8s.yaml`,
      content: yaml(
        launchConfig(context, device),
        "Read once, when the snap is installed. Join tokens are made per site.",
      ),
      purpose: `Launch configuration of MicroK8s on ${device.slug}.`,
    },
    {
      path: `${dir}/etc/edge/microk8s-channel`,
      content: `${channel}\n`,
      purpose: "The snap channel of this ring.",
    },
    ...install(context, dir),
    ...(decisions.upgrades.choice === "snap-channel" ? refresh(context, dir) : []),
    ...upkeep({
      dir,
      distribution: "microk8s",
      unit: "snap.microk8s.daemon-kubelite",
      ready: "microk8s kubectl get --raw /readyz --request-timeout=20s",
      restart: "snap restart microk8s",
      restartAfterDays: Math.max(1, Math.min(90, decisions.upgrades.params.restartWithinDays - 30)),
    }),
    ...backup(context, dir),
    ...wasm(context, dir),
  ];
}

function install({ answers, decisions }: LayOutContext, dir: string): File[] {
  const offline = answers.network === "air-gapped" || decisions.registry.choice === "baked";
  const strict = decisions.distribution.params.version.includes("strict");
  const many = decisions.topology.choice !== "single";
  const script = [
    "#!/bin/sh",
    "# Installs MicroK8s from its channel and holds it there: snapd would refresh it by itself otherwise.",
    "set -eu",
    "umask 077",
    `done=${stateDir("microk8s")}/installed`,
    "# Only a finished installation counts: one that was cut off goes on where it stopped.",
    'if [ -e "$done" ]; then exit 0; fi',
    ...(decisions.encryption.params.secretsEncryption ? encryption : []),
    ...(offline
      ? [
          "# Out of the device image: snapd checks each signature before it installs.",
          'for assert in /usr/share/edge/*.assert; do snap ack "$assert"; done',
          'for name in snapd core; do for file in "/usr/share/edge/$name"*.snap; do if [ -e "$file" ]; then snap install "$file"; fi; done; done',
          `snap list microk8s >/dev/null 2>&1 || snap install /usr/share/edge/microk8s_*.snap${strict ? "" : " --classic"}`,
        ]
      : [
          `snap list microk8s >/dev/null 2>&1 || snap install microk8s ${strict ? "" : "--classic "}--channel="$(cat /etc/edge/microk8s-channel)"`,
        ]),
    "snap refresh --hold microk8s",
    ...(offline
      ? [
          'for archive in /usr/share/edge/images/*.tar; do until microk8s ctr image import "$archive"; do sleep 15; done; done',
        ]
      : []),
    "microk8s status --wait-ready --timeout 900",
    ...(many
      ? [
          "# Every further node of the site joins with a token that its first node made: microk8s add-node --token-ttl 3600",
          "if [ -s /etc/edge/join-token ]; then",
          `  microk8s join "${controlPlane}:25000/$(cat /etc/edge/join-token)" $(cat /etc/edge/join-flags 2>/dev/null)`,
          "  rm -f /etc/edge/join-token",
          '  mkdir -p "${done%/*}" && touch "$done"',
          "  exit 0",
          "fi",
        ]
      : []),
    ...(decisions.wasm.choice === "none"
      ? []
      : [`sh ${scriptDir}/add-wasm-runtime && microk8s status --wait-ready --timeout 900`]),
    "# Engine, sync objects and identity of this site, as provisioning wrote them; pull starts here.",
    `for file in ${stateDir("microk8s")}/bootstrap/*.sh; do`,
    '  [ -e "$file" ] || continue',
    '  until sh "$file"; do sleep 60; done',
    "done",
    `for file in ${stateDir("microk8s")}/bootstrap/*.yaml; do`,
    '  [ -e "$file" ] || continue',
    '  until microk8s kubectl apply --server-side --force-conflicts -f "$file"; do sleep 15; done',
    "done",
    'mkdir -p "${done%/*}" && touch "$done"',
  ];
  return [
    {
      path: `${dir}${scriptDir}/install-microk8s`,
      content: lines(script),
      purpose: "Installs MicroK8s once.",
    },
    {
      path: `${dir}/etc/systemd/system/edge-install-microk8s.service`,
      content: lines([
        "[Unit]",
        "Description=Install MicroK8s on first boot",
        "After=snapd.seeded.service network-online.target time-sync.target",
        "Wants=network-online.target",
        "",
        "[Service]",
        "Type=oneshot",
        "RemainAfterExit=yes",
        `ExecStart=/bin/sh ${scriptDir}/install-microk8s`,
        "Restart=on-failure",
        "RestartSec=60s",
        "",
        "[Install]",
        "WantedBy=multi-user.target",
      ]),
      purpose: "Runs the installation on first boot.",
    },
  ];
}

const encryption = [
  "# The key is made on the device and never leaves it but in a backup.",
  "edge=/var/snap/microk8s/common/edge",
  'mkdir -p "$edge"',
  'if [ ! -f "$edge/encryption.yaml" ]; then',
  "  key=$(head -c 32 /dev/urandom | base64 -w 0)",
  '  cat >"$edge/encryption.yaml" <<EOF',
  "apiVersion: apiserver.config.k8s.io/v1",
  "kind: EncryptionConfiguration",
  "resources:",
  "  - resources: [secrets]",
  "    providers:",
  "      - aescbc: { keys: [{ name: first, secret: $key }] }",
  "      - identity: {}",
  "EOF",
  "fi",
];

function refresh({ answers, decisions }: LayOutContext, dir: string): File[] {
  const offline = answers.network === "air-gapped" || decisions.registry.choice === "baked";
  const move = offline
    ? "snap install /usr/share/edge/microk8s_*.snap --classic || snap revert microk8s"
    : 'snap refresh microk8s --channel="$want" || snap revert microk8s';
  return timed(dir, {
    name: "edge-snap-refresh",
    title: "Move MicroK8s to the channel of this ring, at night",
    timeoutSeconds: 3_600,
    timer: ["OnCalendar=Tue..Thu *-*-* 01:00", "RandomizedDelaySec=3h"],
    script: `#!/bin/sh
# The channel file changes with the device image or by provisioning; one minor at a time.
set -eu
want=$(cat /etc/edge/microk8s-channel)
have=$(snap info microk8s | awk '/^tracking:/ {print $2}')
minor() { echo "$1" | cut -d/ -f1 | cut -d- -f1 | cut -d. -f2; }
step=$(($(minor "$want") - $(minor "$have")))
if [ "$step" -lt 0 ] || [ "$step" -gt 1 ]; then
  logger -t edge-snap-refresh "refusing to go from $have to $want: one minor at a time, never back"
  exit 1
fi
/bin/sh ${scriptDir}/edge-backup || true
snap refresh --unhold microk8s
${move}
snap refresh --hold microk8s
microk8s status --wait-ready --timeout 900 || snap revert microk8s
`,
  });
}

function backup({ decisions }: LayOutContext, dir: string): File[] {
  if (decisions.backup.choice === "rebuild") {
    const content = lines([
      "# No copy is made here",
      "",
      "Nothing on this node is worth more than the time it takes to provision it again.",
    ]);
    return [{ path: `${dir}/restore.md`, content, purpose: "How a node comes back." }];
  }
  return [
    ...timed(dir, {
      name: "edge-backup",
      title: "Nightly copy of the MicroK8s datastore",
      timeoutSeconds: 900,
      timer: ["OnCalendar=*-*-* 01:00", "RandomizedDelaySec=1h", "Persistent=true"],
      script: `#!/bin/sh
set -eu
umask 077
out=${stateDir("microk8s")}/backup
mkdir -p "$out"
file="$out/microk8s-$(date -u +%Y%m%dT%H%M%SZ).tar.gz"
microk8s dbctl backup "$file"
if [ -f /etc/edge/backup-recipients.txt ] && command -v age >/dev/null; then
  age -R /etc/edge/backup-recipients.txt -o "$file.age" "$file" && rm -f "$file"
fi
ls -1t "$out"/microk8s-* | tail -n +8 | xargs -r rm -f
# Outbound only, and only where provisioning wrote an address.
if [ -s /etc/edge/backup-url ]; then
  newest=$(ls -1t "$out"/microk8s-* | head -n 1)
  curl --fail --silent --max-time 600 --upload-file "$newest" "$(cat /etc/edge/backup-url)/$(basename "$newest")" || true
fi
`,
    }),
    {
      path: `${dir}/restore.md`,
      content: lines([
        "# Bringing the datastore back",
        "",
        "```sh",
        "age -d -i recovery.agekey -o copy.tar.gz microk8s-<time>.tar.gz.age   # only where it was encrypted",
        "microk8s dbctl restore copy.tar.gz",
        "```",
        "",
        "With three nodes, restore on one and let the others join again. `encryption.yaml` below",
        "`/var/snap/microk8s/common/edge` belongs to the copy where secrets are encrypted.",
      ]),
      purpose: "How the datastore comes back.",
    },
  ];
}

function wasm({ decisions }: LayOutContext, dir: string): File[] {
  const { handler } = decisions.wasm.params;
  if (decisions.wasm.choice === "none" || !handler) return [];
  const type = `io.containerd.${decisions.wasm.choice}.${decisions.wasm.choice === "spin" ? "v2" : "v1"}`;
  return [
    {
      path: `${dir}${scriptDir}/add-wasm-runtime`,
      content: lines([
        "#!/bin/sh",
        "# MicroK8s writes containerd's configuration from a template; the runtime is added to it once.",
        "set -eu",
        "template=/var/snap/microk8s/current/args/containerd-template.toml",
        `grep -q '${type}' "$template" && exit 0`,
        'cat >>"$template" <<EOF',
        "",
        `[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.${handler}]`,
        `  runtime_type = "${type}"`,
        "EOF",
        "snap restart microk8s.daemon-containerd",
      ]),
      purpose: "Makes the WebAssembly runtime known to containerd; the installation runs it.",
    },
  ];
}
