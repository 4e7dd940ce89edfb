import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { lines } from "#model/upkeep.ts";
import { encryptedData, keyServer, nativeEncryption } from "./encryption.ts";

type Device = LayOutContext["devices"][number];

/** Definition of the operating system of one device type, in the words of its own installer or builder. */
export function systemFiles(context: LayOutContext, device: Device): File[] {
  switch (context.decisions.os.choice) {
    case "kairos":
      return kairos(context, device);
    case "sl-micro":
      return slMicro(context, device);
    case "flatcar":
      return flatcar(context, device);
    case "ubuntu-core":
      return ubuntuCore(context, device);
    default:
      return cloudInit(context, device);
  }
}

/** Services of ours that a system switches on, in the order in which they matter. */
function units(context: LayOutContext, device: Device): string[] {
  const { distribution, upgrades, backup } = context.decisions;
  const install = {
    k3s: [],
    k0s: [
      "edge-install-k0s.service",
      ...(context.decisions.gitops.choice === "none" ? [] : ["edge-bootstrap.service"]),
    ],
    microk8s: ["edge-install-microk8s.service"],
    none: [],
  };
  const cluster = distribution.choice !== "none";
  return [
    "edge-clock.service",
    "edge-adopt-site.service",
    "edge-firewall.service",
    ...(encryptedData(context, device).length > 0 ? ["edge-data.service"] : []),
    ...install[distribution.choice],
    ...(cluster ? ["edge-renew.timer", "edge-repair.timer"] : []),
    ...(cluster && !["rebuild", "database-backup"].includes(backup.choice) ? ["edge-backup.timer"] : []),
    ...(upgrades.choice === "image-ab" ? ["edge-image-update.timer"] : []),
    ...(upgrades.choice === "snap-channel" ? ["edge-snap-refresh.timer"] : []),
  ];
}

function kairos(context: LayOutContext, device: Device): File[] {
  const { yaml, decisions } = context;
  const { choice } = decisions.encryption;
  const encrypted = nativeEncryption(context);
  const extra = encryptedData(context, device).length > 0;
  const config = {
    install: {
      auto: true,
      device: "auto",
      reboot: true,
      ...(encrypted && { encrypted_partitions: ["COS_PERSISTENT"] }),
      ...(extra && {
        partitions: { persistent: { size: 4_096, fs: "ext4" } },
        "extra-partitions": [{ name: "EDGE_DATA", size: 0, fs: "ext4", label: "EDGE_EMPTY" }],
      }),
    },
    ...(encrypted &&
      choice === "luks-tpm-network" && { kcrypt: { challenger: { challenger_server: keyServer(context) } } }),
    // No password and no key: people come in at the console with what provisioning adds, or not at all.
    users: [{ name: "operator", groups: ["admin"], lock_passwd: true }],
    ...(decisions.distribution.choice === "k3s" && { k3s: { enabled: true } }),
    stages: {
      initramfs: [
        {
          name: "Configuration out of this image, then of this site",
          // The image is the one source: an A/B update brings its own configuration along.
          commands: ["sh /usr/lib/edge/adopt-site"],
        },
      ],
      boot: [
        {
          name: "Services of this image",
          commands: units(context, device).map((unit) => `systemctl enable --now --no-block ${unit}`),
        },
      ],
    },
  };
  return [
    {
      path: `image/${device.slug}/cloud-config.yaml`,
      content: `#cloud-config\n${yaml(config, `Kairos ${decisions.os.params.version}: installs without questions, then runs A/B.`)}`,
      purpose: `Installation and first boot of Kairos on ${device.slug}.`,
    },
    {
      path: `image/${device.slug}/containerfile`,
      content: containerfile(context, device),
      purpose: `Device image of ${device.slug}: Kairos, distribution, configuration.`,
    },
  ];
}

function containerfile(context: LayOutContext, device: Device): string {
  const { deviceType } = device;
  const { decisions } = context;
  const { distribution, wasm } = decisions;
  const version = distribution.params.version;
  const check: Record<string, string[]> = {
    k3s: [`RUN k3s --version | grep -F '${version}'`],
    k0s: [`RUN k0s version | grep -F '${version}'`],
  };
  return lines([
    `# Built by scripts/build-image.sh for linux/${deviceType.arch}.`,
    `# BASE_IMAGE: a Kairos ${decisions.os.params.version} image${check[distribution.choice] ? ` with ${distribution.choice} ${version}` : ""}, pinned by digest in CI; there is no default on purpose.`,
    "ARG BASE_IMAGE",
    "FROM ${BASE_IMAGE}",
    ...(check[distribution.choice] ?? []),
    "COPY rootfs/ /usr/share/edge/rootfs/",
    "RUN mkdir -p /usr/lib/edge && mv /usr/share/edge/rootfs/usr/lib/edge/* /usr/lib/edge/ && rm -rf /usr/share/edge/rootfs/usr",
    "COPY payload/ /usr/share/edge/",
    ...(encryptedData(context, device).length > 0
      ? [
          "# What opens the data partition; without these the device would never start.",
          "RUN command -v clevis && command -v cryptsetup && command -v age",
        ]
      : []),
    ...(wasm.choice === "none"
      ? []
      : [
          `# The shim of ${wasm.choice}: ${distribution.choice === "k3s" ? "K3s finds it on PATH at its next start" : "named in the containerd drop-in"}.`,
          `COPY payload/shims/ /usr/bin/`,
          `RUN test -x /usr/bin/containerd-shim-${wasm.choice}-${wasm.choice === "spin" ? "v2" : "v1"}`,
        ]),
  ]);
}

/** What the host needs beside its vendor's image. */
export function packagesOf(context: LayOutContext, device: Device): string[] {
  const { distribution, upgrades } = context.decisions;
  const bySelf = upgrades.choice === "image-ab";
  return [
    "nftables",
    "curl",
    "age",
    ...(encryptedData(context, device).length > 0
      ? ["cryptsetup", "clevis", "clevis-luks", "clevis-tpm2", "gdisk"]
      : []),
    ...(distribution.choice === "none" ? ["podman"] : []),
    ...(bySelf ? ["rauc", "skopeo"] : ["unattended-upgrades"]),
  ];
}

function cloudInit(context: LayOutContext, device: Device): File[] {
  const { yaml, decisions, hosts } = context;
  const { choice } = decisions.distribution;
  const encrypted = encryptedData(context, device).length > 0;
  const offline = decisions.provisioning.choice === "image-offline";
  const install: Record<string, string[]> = {
    k3s: [
      "install -m 0755 /mnt/payload/k3s /usr/local/bin/k3s",
      'INSTALL_K3S_SKIP_DOWNLOAD=true INSTALL_K3S_EXEC="$(cat /etc/edge/role)" sh /mnt/payload/install.sh',
    ],
    k0s: ["install -m 0755 /mnt/payload/k0s /usr/local/bin/k0s"],
    microk8s: [],
    none: [],
  };
  const config = {
    hostname: "edge",
    ssh_pwauth: false,
    disable_root: true,
    ntp: { enabled: true, ntp_client: "systemd-timesyncd", servers: ["ntp.site.internal", hosts.ntp] },
    package_update: false,
    ...(!offline && { packages: packagesOf(context, device) }),
    runcmd: [
      "mount -o ro /dev/disk/by-label/CIDATA /mnt",
      // The packages lie on the medium, with all they need: nothing is fetched at a first start.
      ...(offline ? ["dpkg -i /mnt/payload/debs/*.deb"] : []),
      "mkdir -p /usr/share/edge/rootfs && tar -C /usr/share/edge/rootfs -xzf /mnt/rootfs.tar.gz",
      "cp -a /usr/share/edge/rootfs/. / && cp -R /mnt/payload/. /usr/share/edge/",
      "systemctl daemon-reload && sysctl --system && systemctl restart systemd-networkd systemd-timesyncd",
      // Recipients of the recovery key first; then state is on the encrypted partition before anything writes any.
      ...(encrypted ? ["sh /usr/lib/edge/adopt-site", "systemctl start edge-data.service"] : []),
      "sh /usr/lib/edge/adopt-site",
      ...install[choice]!,
      ...(decisions.wasm.choice === "none" ? [] : ["install -m 0755 /mnt/payload/shims/* /usr/local/bin/"]),
      ...units(context, device).map((unit) => `systemctl enable --now --no-block ${unit}`),
      "umount /mnt",
    ],
    final_message: "edge: ready after $UPTIME seconds",
  };
  const dir = `image/${device.slug}`;
  return [
    {
      path: `${dir}/user-data`,
      content: `#cloud-config\n${yaml(config, `${decisions.os.choice} ${decisions.os.params.version}: first boot. rootfs.tar.gz is made by scripts/build-image.sh.`)}`,
      purpose: `First boot of ${decisions.os.choice} on ${device.slug}.`,
    },
    {
      path: `${dir}/meta-data`,
      content: yaml({ "instance-id": `edge-${device.slug}` }),
      purpose: "Names the instance for cloud-init.",
    },
  ];
}

function slMicro(context: LayOutContext, device: Device): File[] {
  const { yaml, decisions, hosts, images } = context;
  const { deviceType, slug } = device;
  const definition = {
    apiVersion: "1.3",
    image: {
      imageType: "raw",
      arch: deviceType.arch === "arm64" ? "aarch64" : "x86_64",
      baseImage: "sl-micro.raw",
      outputImageName: `${slug}.raw`,
    },
    operatingSystem: {
      time: { timezone: "Etc/UTC", ntp: { forceWait: false, servers: ["ntp.site.internal", hosts.ntp] } },
      systemd: { enable: units(context, device) },
      rawConfiguration: { diskSize: "16G" },
    },
    ...(decisions.distribution.choice === "k3s" && {
      kubernetes: { version: decisions.distribution.params.version },
      embeddedArtifactRegistry: { images: Object.values(images).map(({ image }) => ({ name: image })) },
    }),
  };
  return [
    {
      path: `image/${slug}/eib.yaml`,
      content: yaml(
        definition,
        "Edge Image Builder. os-files/ is nodes/<device>, kubernetes/config/server.yaml its config.yaml (scripts/build-image.sh).",
      ),
      purpose: `SL Micro image of ${slug} for Edge Image Builder.`,
    },
  ];
}

function flatcar(context: LayOutContext, device: Device): File[] {
  const { yaml, decisions, hosts } = context;
  const document = {
    variant: "flatcar",
    version: "1.1.0",
    storage: {
      trees: [{ local: "rootfs", path: "/" }],
      files: [
        { path: "/etc/hostname", mode: 0o644, overwrite: true, contents: { inline: "edge\n" } },
        {
          path: "/etc/flatcar/update.conf",
          mode: 0o644,
          overwrite: true,
          contents: {
            inline: `SERVER=https://updates.${hosts.ntp.replace(/^ntp\./, "")}/v1/update/\nREBOOT_STRATEGY=off\n`,
          },
        },
      ],
    },
    systemd: { units: units(context, device).map((name) => ({ name, enabled: true })) },
  };
  return [
    {
      path: `image/${device.slug}/butane.yaml`,
      content: yaml(
        document,
        `Flatcar ${decisions.os.params.version}: butane --files-dir build/${device.slug} --strict turns this into Ignition. ${decisions.distribution.choice} comes as a system extension.`,
      ),
      purpose: `First boot of Flatcar on ${device.slug}.`,
    },
  ];
}

function ubuntuCore(context: LayOutContext, device: Device): File[] {
  const { decisions } = context;
  const { deviceType, slug } = device;
  const channel = decisions.distribution.params.version;
  const pi = deviceType.arch !== "amd64";
  const model = {
    type: "model",
    series: "16",
    model: `edge-${slug}`,
    architecture: deviceType.arch === "armv7" ? "armhf" : deviceType.arch,
    "authority-id": "<brand-id>",
    "brand-id": "<brand-id>",
    timestamp: "2026-11-01T00:00:00+00:00",
    base: `core${decisions.os.params.version.replace(/\D.*$/, "")}`,
    grade: decisions.secureBoot.choice === "unavailable" ? "signed" : "secured",
    snaps: [
      {
        name: pi ? "pi" : "pc",
        type: "gadget",
        "default-channel": `${decisions.os.params.version.replace(/\D.*$/, "")}/stable`,
        id: "<snap-id>",
      },
      {
        name: pi ? "pi-kernel" : "pc-kernel",
        type: "kernel",
        "default-channel": `${decisions.os.params.version.replace(/\D.*$/, "")}/stable`,
        id: "<snap-id>",
      },
      {
        name: `core${decisions.os.params.version.replace(/\D.*$/, "")}`,
        type: "base",
        "default-channel": "stable",
        id: "<snap-id>",
      },
      { name: "snapd", type: "snapd", "default-channel": "stable", id: "<snap-id>" },
      ...(decisions.distribution.choice === "microk8s"
        ? [{ name: "microk8s", type: "app", "default-channel": channel, id: "<snap-id>" }]
        : []),
    ],
  };
  return [
    {
      path: `image/${slug}/model.json`,
      content: `${JSON.stringify(model, null, 2)}\n`,
      purpose: `Model of ${slug} for Ubuntu Core, to be signed by the brand account.`,
    },
    {
      path: `image/${slug}/README.md`,
      content: lines([
        `# Ubuntu Core ${decisions.os.params.version} on ${slug}`,
        "",
        "The model names brand and snap ids that only your store account knows: fill `<brand-id>` and `<snap-id>` (`snap info --verbose`).",
        "",
        "```sh",
        "snap sign -k edge-models model.json > edge.model",
        "ubuntu-image snap edge.model",
        "```",
        "",
        "The root file system belongs to snapd. What nodes/ holds below `/etc/systemd` and `/usr/lib/edge` goes into a small snap",
        decisions.distribution.choice === "microk8s"
          ? "of your own with those services; the MicroK8s launch configuration is read from `/var/snap/microk8s/common`."
          : "of your own with those services. Containers of `/etc/containers/systemd` become snaps as well, or run in the docker snap.",
        "Source: https://documentation.ubuntu.com/core/",
      ]),
      purpose: `How the Ubuntu Core image of ${slug} is built.`,
    },
  ];
}
