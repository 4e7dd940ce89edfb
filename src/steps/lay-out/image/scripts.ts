import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { lines, startedBy, stateDir } from "#model/upkeep.ts";
import { encryptedMount } from "./encryption.ts";

type Device = LayOutContext["devices"][number];

/** Whether manifests travel in the device image, because no engine runs at the site. */
export function baked({ decisions }: LayOutContext): boolean {
  return decisions.gitops.choice === "none" && decisions.distribution.choice !== "none";
}

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

/** Whether a device must find everything in its image, because nothing can be fetched at its first start. */
export function nothingFetched({ answers, decisions }: LayOutContext): boolean {
  return answers.network === "air-gapped" || decisions.registry.choice === "baked";
}

/** Without an engine no chart is vendored, but every image is: sites pull none. */
export function vendorImages(context: LayOutContext): File | null {
  if (context.decisions.gitops.choice !== "none") return null;
  return {
    path: "scripts/vendor-images.sh",
    content: lines([
      "#!/usr/bin/env bash",
      "# Fetches every image of images.txt once, where there is a network, for device images that pull none.",
      "# Usage: scripts/vendor-images.sh ARCH     amd64, arm64, arm or riscv64; the result lies in vendor/ARCH/images, outside Git",
      "set -euo pipefail",
      'arch="$1"',
      'cd "$(dirname "$0")/.." && mkdir -p "vendor/$arch/images"',
      "while read -r image; do",
      '  archive="vendor/$arch/images/$(echo "$image" | tr "/:" "__").tar"',
      '  rm -f "$archive"',
      '  skopeo copy --override-os linux --override-arch "$arch" "docker://$image" "docker-archive:$archive:$image"',
      '  echo "$image@$(skopeo inspect --override-os linux --override-arch "$arch" --format "{{.Digest}}" "docker://$image")"',
      "done < images.txt",
    ]),
    purpose: "Puts every image of this repository into a device image.",
  };
}

/** The build step: configuration of a device type, what was vendored, and (without an engine) the rendered manifests. */
export function buildScript(context: LayOutContext): File {
  const { decisions, devices, regions } = context;
  const os = decisions.os.choice;
  const render = baked(context)
    ? [
        "# No engine at the site: the manifests are part of the image, one file a region.",
        'mkdir -p "$build/payload/sets"',
        `for region in ${regions.join(" ")}; do`,
        '  kubectl kustomize "sets/$region-$device" >"$build/payload/sets/$region.yaml"',
        "done",
      ]
    : [];
  const finish: Record<string, string[]> = {
    kairos: [
      'cp "image/$device/containerfile" "image/$device/cloud-config.yaml" "$build/"',
      ...(decisions.distribution.choice === "k3s" && decisions.topology.choice !== "single"
        ? ['if [ "$role" = agent ]; then sed -i "s/^k3s:/k3s-agent:/" "$build/cloud-config.yaml"; fi']
        : []),
      "# One image for all architectures, or one each: BASE_IMAGE_amd64, BASE_IMAGE_arm64.",
      'own="BASE_IMAGE_$arch"; BASE_IMAGE="${!own:-${BASE_IMAGE:-}}"',
      ': "${BASE_IMAGE:?a Kairos image with the pinned distribution, by digest}"',
      'podman build --platform "linux/$arch" --build-arg "BASE_IMAGE=$BASE_IMAGE" -f "$build/containerfile" -t "$image" "$build"',
      'case "$image" in */*) podman push "$image" ;; esac',
    ],
    "sl-micro": [
      'mkdir -p "$build/os-files" "$build/kubernetes/config" && cp -R "$build/rootfs/." "$build/os-files/"',
      'cp "image/$device/eib.yaml" "$build/"',
      'if [ -f "$build/rootfs/etc/rancher/k3s/config.yaml" ]; then cp "$build/rootfs/etc/rancher/k3s/config.yaml" "$build/kubernetes/config/server.yaml"; fi',
      ': "${EIB_IMAGE:?Edge Image Builder, by digest}"',
      'podman run --rm --privileged -v "$PWD/$build:/eib" "$EIB_IMAGE" build --definition-file eib.yaml',
    ],
    flatcar: ['butane --files-dir "$build" --strict "image/$device/butane.yaml" >"$build/config.ign"'],
    "ubuntu-core": [
      'snap sign -k edge-models "image/$device/model.json" >"$build/edge.model"',
      'ubuntu-image snap "$build/edge.model"',
    ],
  };
  const cloudInit = [
    'tar -C "$build/rootfs" --sort=name --mtime=@0 --owner=0 --group=0 -czf "$build/rootfs.tar.gz" .',
    'cp "image/$device/user-data" "image/$device/meta-data" "$build/"',
    'echo "Copy user-data, meta-data, rootfs.tar.gz and payload/ from $build to a partition with the label CIDATA." >&2',
  ];
  const { choice: topology } = decisions.topology;
  // All nodes of MicroK8s are alike; it sorts out itself which of them vote.
  const many = topology !== "single" && topology !== "image" && decisions.distribution.choice !== "microk8s";
  const arches = devices.map(
    ({ slug, deviceType }) => `  ${slug}) arch=${deviceType.arch === "armv7" ? "arm" : deviceType.arch} ;;`,
  );
  return {
    path: "scripts/build-image.sh",
    content: lines([
      "#!/usr/bin/env bash",
      `# Builds the image of a device type (${os}) out of nodes/, image/ and what was vendored into vendor/<arch>/.`,
      many
        ? `# Usage: scripts/build-image.sh DEVICE IMAGE [${roleNames(decisions.distribution.choice)}]    the third argument: another role than the first server`
        : "# Usage: scripts/build-image.sh DEVICE IMAGE",
      "set -euo pipefail",
      'device="$1" image="$2" role="${3:-}"',
      'cd "$(dirname "$0")/.."',
      'case "$device" in',
      ...arches,
      '  *) echo "build-image: no device type $device" >&2; exit 2 ;;',
      "esac",
      'build="build/$device${role:+-$role}"',
      'rm -rf "$build" && mkdir -p "$build/rootfs" "$build/payload"',
      'cp -R "nodes/$device/." "$build/rootfs/"',
      'rm -rf "$build/rootfs/restore.md"',
      ...(many ? roles(decisions.distribution.choice) : []),
      'mkdir -p "$build/payload/shims" "$build/rootfs/etc/edge"',
      'if [ "$role" = agent ]; then echo agent; else echo server; fi >"$build/rootfs/etc/edge/role"',
      'if [ -d "vendor/$arch" ]; then cp -R "vendor/$arch/." "$build/payload/"; fi',
      ...render,
      ...(finish[os] ?? cloudInit),
    ]),
    purpose: "Builds the device image of one type; CI runs it, and so can you.",
  };
}

function roleNames(distribution: LayOutContext["decisions"]["distribution"]["choice"]): string {
  return distribution === "k3s" ? "agent|server-join" : "agent";
}

/** A role brings its own distribution files; the host's stay. */
function roles(distribution: LayOutContext["decisions"]["distribution"]["choice"]): string[] {
  const [config, data] =
    distribution === "k3s" ? ["etc/rancher", "var/lib/rancher"] : ["etc/k0s", "var/lib/k0s"];
  return [
    'rm -rf "$build/rootfs/agent" "$build/rootfs/server-join"',
    "# A role brings its own distribution files; the host's stay.",
    'if [ -n "$role" ]; then',
    `  rm -rf "$build/rootfs/${config}"`,
    `  if [ "$role" = agent ]; then rm -rf "$build"/rootfs/${data} "$build"/rootfs/usr/lib/edge/edge-b* "$build"/rootfs/etc/systemd/system/edge-b*; fi`,
    '  cp -R "nodes/$device/$role/." "$build/rootfs/"',
    "fi",
  ];
}

/** Fetches the pinned distribution with its checksums, and the shim where one is wanted. */
export function vendorDistro(context: LayOutContext): File | null {
  const { decisions } = context;
  const { choice, params } = decisions.distribution;
  if (choice === "none") return null;
  const encoded = params.version.replace("+", "%2B");
  const k3s = [
    `base=https://github.com/k3s-io/k3s/releases/download/${encoded}`,
    'binary=k3s; case "$arch" in arm64) binary=k3s-arm64 ;; arm) binary=k3s-armhf ;; esac',
    'get "$base/sha256sum-$arch.txt" sums',
    'get "$base/$binary" "$binary"',
    'get "$base/k3s-airgap-images-$arch.tar.zst" "k3s-airgap-images-$arch.tar.zst"',
    'grep -E " ($binary|k3s-airgap-images-$arch.tar.zst)\\$" sums | sha256sum -c -',
    '[ "$binary" = k3s ] || mv "$binary" k3s',
    "chmod 0755 k3s && rm -f sums",
    `get https://raw.githubusercontent.com/k3s-io/k3s/${encoded}/install.sh install.sh`,
  ];
  const k0s = [
    `base=https://github.com/k0sproject/k0s/releases/download/${encoded}`,
    `name=k0s-${params.version}-$arch`,
    'get "$base/sha256sums.txt" sums',
    'get "$base/$name" "$name"',
    `get "$base/k0s-airgap-bundle-${params.version}-$arch" "k0s-airgap-bundle-${params.version}-$arch"`,
    'grep -F "$arch" sums | sha256sum --ignore-missing -c -',
    'mv "$name" k0s && chmod 0755 k0s && rm -f sums',
  ];
  const microk8s = [
    `UBUNTU_STORE_ARCH="$arch" snap download microk8s --channel=${params.version}`,
    "# The base it stands on, as it says itself. An .assert file is a signature: the device checks it before it installs.",
    "base=$(unsquashfs -cat microk8s_*.snap meta/snap.yaml | sed -n 's/^base: *//p')",
    'UBUNTU_STORE_ARCH="$arch" snap download "$base"',
    'UBUNTU_STORE_ARCH="$arch" snap download snapd',
    ...(nothingFetched(context)
      ? [
          "# Its own images are in no list: export them once from a machine with the same channel and addons.",
          "[ -e images/microk8s.tar ] || echo 'vendor-distro: run «microk8s images export-local > images.tar» there, keep it as images/microk8s.tar' >&2",
        ]
      : []),
  ];
  const shim = {
    none: [],
    spin: "spinframework/containerd-shim-spin/releases/download/v0.24.0/containerd-shim-spin-v2-linux-$machine.tar.gz",
    wasmtime: "containerd/runwasi/releases",
    wasmedge: "containerd/runwasi/releases",
  }[decisions.wasm.choice];
  const wasm =
    typeof shim !== "string"
      ? []
      : decisions.wasm.choice === "spin"
        ? [
            'machine=x86_64; [ "$arch" = arm64 ] && machine=aarch64',
            "mkdir -p shims",
            `get "https://github.com/${shim}" shim.tar.gz`,
            "tar -C shims -xzf shim.tar.gz containerd-shim-spin-v2 && rm -f shim.tar.gz",
            "sha256sum shims/containerd-shim-spin-v2 # record it in CI and compare from then on",
          ]
        : [
            "mkdir -p shims",
            `# Shims are released by https://github.com/${shim}: pin one by digest.`,
            ': "${SHIM_URL:?address of the release archive}" "${SHIM_SHA256:?its sha256}"',
            'get "$SHIM_URL" shim.tar.gz',
            'echo "$SHIM_SHA256  shim.tar.gz" | sha256sum -c -',
            `tar -C shims -xzf shim.tar.gz && rm -f shim.tar.gz && test -x shims/containerd-shim-${decisions.wasm.choice}-v1`,
          ];
  return {
    path: "scripts/vendor-distro.sh",
    content: lines([
      "#!/usr/bin/env bash",
      `# Fetches ${choice} ${params.version}, where there is a network, and checks it against the release's own checksums.`,
      "# Usage: scripts/vendor-distro.sh ARCH     amd64, arm64 or arm; the result lies in vendor/ARCH, outside Git",
      "set -euo pipefail",
      'arch="$1"',
      'cd "$(dirname "$0")/.." && mkdir -p "vendor/$arch" && cd "vendor/$arch"',
      'get() { curl --fail --silent --show-error --location --retry 5 --output "$2" "$1"; }',
      ...{ k3s, k0s, microk8s }[choice],
      ...wasm,
    ]),
    purpose: `Fetches the pinned ${choice} for device images.`,
  };
}
