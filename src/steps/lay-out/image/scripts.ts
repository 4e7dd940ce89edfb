import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { lines } from "#model/upkeep.ts";

/** Whether manifests travel in the device image, because no engine runs at the site. */
export function baked({ decisions }: LayOutContext): boolean {
  return decisions.gitops.choice === "none" && decisions.distribution.choice !== "none";
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
