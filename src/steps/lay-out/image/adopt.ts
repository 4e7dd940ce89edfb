import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { lines, startedBy, stateDir } from "#model/upkeep.ts";
import { encryptedMount } from "./encryption.ts";
import { baked } from "./scripts.ts";

type Device = LayOutContext["devices"][number];

/** Takes over what provisioning wrote for this site: from a medium once, out of its own store at every start. */
export function adoptSite(context: LayOutContext, { slug }: Device): File[] {
  const dir = `nodes/${slug}`;
  const { choice } = context.decisions.distribution;
  const target: Record<string, string> = {
    k3s: "/var/lib/rancher/k3s/server/manifests/fleet",
    k0s: "/var/lib/k0s/manifests/fleet",
    microk8s: `${stateDir("microk8s")}/bootstrap`,
  };
  const manifests = baked(context)
    ? [
        "# The manifests of this image: the set of this site's region, applied by the distribution from its own folder.",
        `if [ -f "/usr/share/edge/sets/$REGION.yaml" ]; then`,
        `  mkdir -p ${target[choice]}`,
        `  sed -e "s|\\\${site_id:=unassigned}|$SITE_ID|g" -e "s|\\\${ring:=[a-z0-9-]*}|$RING|g" "/usr/share/edge/sets/$REGION.yaml" >${target[choice]}/fleet.yaml`,
        "fi",
      ]
    : [];
  return [
    {
      path: `${dir}/usr/lib/edge/adopt-site`,
      content: lines([
        "#!/bin/sh",
        "# EDGE_SITE is a medium with what provisioning made for this site. It is taken over once: afterwards every such medium",
        "# is ignored, because whoever stands in front of the device could bring one. `docs/operations.md` says how to start anew.",
        "set -eu",
        "umask 077",
        "medium=/dev/disk/by-label/EDGE_SITE",
        ...(encryptedMount(context) ? adoptInTwoParts(encryptedMount(context)!) : adoptWhole),
        ...payload(choice),
        ...neighbours(context),
        '[ -f /etc/edge/site.env ] || { echo "edge: no site yet" >&2; exit 0; }',
        "chmod 0700 /etc/edge",
        ". /etc/edge/site.env",
        'hostnamectl hostname "$SITE_ID" 2>/dev/null || true',
        ...manifests,
      ]),
      purpose: "Takes over the identity, credentials and bootstrap of one site.",
    },
    {
      path: `${dir}/etc/systemd/system/edge-adopt-site.service`,
      content: lines([
        "[Unit]",
        "Description=Take over identity and bootstrap of this site",
        "After=local-fs.target edge-data.service",
        `Before=${startedBy(choice)}`,
        "",
        "[Service]",
        "Type=oneshot",
        "RemainAfterExit=yes",
        "ExecStart=/bin/sh /usr/lib/edge/adopt-site",
        "",
        "[Install]",
        "WantedBy=multi-user.target",
      ]),
      purpose: "Runs adopt-site before Kubernetes starts.",
    },
  ];
}

// /usr/local outlives A/B updates on Kairos, where /etc does not.
const early = "/usr/local/edge-site";

const fromImage = [
  "for part in etc var; do",
  '  if [ -d "/usr/share/edge/rootfs/$part" ]; then cp -a "/usr/share/edge/rootfs/$part/." "/$part/"; fi',
];

/** One store: nothing is encrypted, or the system encrypts all of its persistent state itself. */
const adoptWhole = [
  `store=${early}`,
  'if [ -e "$medium" ] && [ ! -e "$store/etc/edge/site.env" ]; then',
  "  mkdir -p /run/edge-site",
  '  mount -o ro "$medium" /run/edge-site',
  '  rm -rf "$store.new" && mkdir -p "$store.new" && cp -a /run/edge-site/. "$store.new/" && sync',
  '  rm -rf "$store" && mv "$store.new" "$store"',
  "  umount /run/edge-site",
  "fi",
  ...fromImage,
  '  if [ -d "$store/$part" ]; then cp -a "$store/$part/." "/$part/"; fi',
  "done",
];

/** Two stores: names and addresses, which the disk needs before it opens, and everything secret on the opened disk. */
function adoptInTwoParts(data: string): string[] {
  return [
    `early=${early}   # nothing secret: it lies on the open part of the disk`,
    `data=${data}`,
    'store="$data/edge/site"',
    'if [ -e "$medium" ] && [ ! -e "$store/etc/edge/site.env" ]; then',
    "  mkdir -p /run/edge-site",
    '  mount -o ro "$medium" /run/edge-site',
    '  if [ ! -e "$early/etc/edge/site.env" ]; then',
    '    mkdir -p "$early/etc/edge"',
    "    for name in hosts neighbours vip recovery-recipients.txt backup-recipients.txt site.env; do",
    '      if [ -f "/run/edge-site/etc/edge/$name" ]; then cp "/run/edge-site/etc/edge/$name" "$early/etc/edge/"; fi',
    "    done",
    "  fi",
    '  if mountpoint -q "$data"; then',
    '    rm -rf "$store.new" && mkdir -p "$store.new" && cp -a /run/edge-site/. "$store.new/" && sync',
    '    rm -rf "$store" && mv "$store.new" "$store"',
    "  fi",
    "  umount /run/edge-site",
    "fi",
    ...fromImage,
    "done",
    'if [ -d "$early/etc" ]; then cp -a "$early/etc/." /etc/; fi',
    'if mountpoint -q "$data" && [ -d "$store" ]; then',
    '  if [ -d "$store/var" ]; then cp -a "$store/var/." /var/; fi',
    "  # /etc only points at secrets, they stay on the encrypted partition.",
    '  for file in "$store"/etc/edge/*; do',
    '    if [ -f "$file" ]; then ln -sf "$file" /etc/edge/; fi',
    "  done",
    "fi",
  ];
}

/** Names and the virtual address of a site with several nodes, as provisioning wrote them. */
function neighbours({ decisions }: LayOutContext): string[] {
  const { choice, params } = decisions.topology;
  if (choice === "single" || choice === "image") return [];
  const vip = [
    "manifest=/var/lib/rancher/k3s/server/manifests/kube-vip.yaml",
    'if [ -s /etc/edge/vip ] && [ -f "$manifest" ]; then sed -i "s|192.0.2.10|$(cat /etc/edge/vip)|" "$manifest"; fi',
  ];
  return [
    "if [ -s /etc/edge/hosts ] && ! grep -q control-plane.site.internal /etc/hosts; then cat /etc/edge/hosts >>/etc/hosts; fi",
    ...(decisions.distribution.choice === "k3s" && params.vip !== "none" ? vip : []),
  ];
}

/** Images of an image: once each, and again when an update brought newer ones. */
const loadImages = [
  `stamp=${stateDir("none")}/loaded`,
  "for archive in /usr/share/edge/images/*.tar; do",
  '  if [ -e "$archive" ] && [ ! "$stamp" -nt "$archive" ]; then podman load --quiet --input "$archive"; fi',
  "done",
  'mkdir -p "$(dirname "$stamp")" && touch "$stamp"',
];

/** What was vendored into the image, where the distribution looks for it. */
function payload(distribution: LayOutContext["decisions"]["distribution"]["choice"]): string[] {
  if (distribution === "none") return loadImages;
  const images = {
    k3s: "/var/lib/rancher/k3s/agent/images",
    k0s: "/var/lib/k0s/images",
    microk8s: null,
  }[distribution];
  if (!images) return [];
  return [
    `mkdir -p ${images}`,
    "for archive in /usr/share/edge/*airgap* /usr/share/edge/images/*.tar; do",
    // A link, not a copy: the image store unpacks it once more anyway.
    `  if [ -e "$archive" ]; then ln -sf "$archive" ${images}/; fi`,
    "done",
    ...(distribution === "k3s"
      ? [
          "if [ -d /usr/share/edge/charts ]; then",
          "  mkdir -p /var/lib/rancher/k3s/server/static/charts",
          "  cp /usr/share/edge/charts/*.tgz /var/lib/rancher/k3s/server/static/charts/",
          "fi",
        ]
      : []),
  ];
}
