import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { lines } from "#model/upkeep.ts";
import { nothingFetched } from "./scripts.ts";
import { packagesOf } from "./systems.ts";

type Device = LayOutContext["devices"][number];

/** How a device gets its system without anybody who knows it: the objects of the decided way, and its steps. */
export function provisioning(context: LayOutContext, device: Device): File[] {
  const { choice } = context.decisions.provisioning;
  const dir = `image/${device.slug}/provisioning`;
  const files: Record<string, string> = {
    ...(choice === "metal3" && { "bare-metal-host.yaml": metal3(context, device) }),
    ...(choice === "tinkerbell" && {
      "hardware.yaml": context.yaml(
        hardware(device),
        "One a device; the hub or the site's provisioning server holds it.",
      ),
      "template.yaml": context.yaml(template(context, device), "Writes the device image and starts it."),
    }),
    ...(choice === "elemental" && {
      "machine-registration.yaml": context.yaml(
        registration(device),
        "Applied at the hub. TPM attestation only.",
      ),
    }),
  };
  return [
    ...Object.entries(files).map(([name, content]) => ({
      path: `${dir}/${name}`,
      content,
      purpose: `Registers ${device.slug} for provisioning (${choice}); applied at the hub, never at a site.`,
    })),
    {
      path: `${dir}/README.md`,
      content: lines([
        `# Provisioning ${device.slug}: ${choice}`,
        "",
        ...(choice === "image-offline" ? carried(context, device) : steps[choice]),
        "",
        "Whatever the way, `scripts/new-site.sh` makes identity and keys of one site; they reach the device on a medium with the",
        "label EDGE_SITE or through the channel above, and `adopt-site` takes them over at the next start.",
      ]),
      purpose: `How ${device.slug} gets its system, step by step.`,
    },
  ];
}

type Choice = LayOutContext["decisions"]["provisioning"]["choice"];
const steps: Record<Exclude<Choice, "image-offline">, string[]> = {
  metal3: [
    "1. Build the raw image and publish it with its sha512 where the hub's network reaches it.",
    "2. Create the Secret with the BMC's credentials at the hub (`kubectl create secret generic <site>-bmc`); it is not in this repository.",
    "3. Copy `bare-metal-host.yaml` a device, with MAC, BMC address and image, and apply it at the hub.",
    "4. `kubectl get bmh -w`: registering, inspecting, available, provisioned.",
    "",
    "Virtual media works over routed networks; iPXE needs a provisioning network. Source: https://book.metal3.io",
  ],
  tinkerbell: [
    "1. Run the Tinkerbell stack at the site or where its DHCP can be relayed from.",
    "2. Apply `template.yaml` once, and a copy of `hardware.yaml` a device.",
    "3. Create a Workflow that joins both, then start the device from the network or from the Tinkerbell ISO.",
    "",
    "Source: https://tinkerbell.org/docs/",
  ],
  elemental: [
    "1. Apply `machine-registration.yaml` at the hub and download the registration it offers.",
    "2. Build the SL Micro image with that registration in `image/<device>/elemental/` (Edge Image Builder).",
    "3. At first start the device proves its TPM and appears in the machine inventory; label it with site and ring.",
    "",
    "Source: https://elemental.docs.rancher.com",
  ],
  "kairos-auto-install": [
    "1. `scripts/build-image.sh` makes the image; AuroraBoot turns it into an ISO that holds `cloud-config.yaml`:",
    "",
    "   ```sh",
    '   podman run --rm -v "$PWD/build:/build" "$AURORABOOT" build-iso --cloud-config /build/cloud-config.yaml --output /build "docker:$IMAGE"',
    "   ```",
    "",
    "   `AURORABOOT` is quay.io/kairos/auroraboot by digest, `IMAGE` what was just built; the cloud-config lies in `build/<device>/`.",
    "",
    "2. Start the device from it: it installs without questions and restarts into the installed system.",
    "3. Where the key server unlocks the disk, add the device's TPM hash there before the second start.",
    "",
    "Source: https://kairos.io/docs/installation/automated/",
  ],
  fdo: [
    "FIDO Device Onboard 1.1: the owner is bound late, so a device can come from any warehouse.",
    "",
    "1. Manufacturing writes the device credential and gives an ownership voucher (go-fdo-server, `manufacturing`).",
    "2. Vouchers are extended to the fleet's owner key and loaded into the owner server.",
    "3. At first start the device asks the rendezvous server, proves itself, and downloads the site folder that",
    "   `scripts/new-site.sh` made.",
    "",
    "Source: https://github.com/fido-device-onboard/go-fdo-server",
  ],
  "cloud-init": [
    "1. Write the vendor's image to the disk, and `user-data`, `meta-data` and `rootfs.tar.gz` to a partition with the label CIDATA.",
    "2. At first start cloud-init unpacks the configuration and installs what `scripts/vendor-distro.sh` fetched.",
    "3. Read `cloud-init status --long` before the device leaves the bench.",
    "",
    "Packages drift: above a few hundred sites an image-based system is the better choice.",
  ],
};

const iso = [
  "   AuroraBoot turns it into an ISO that holds `cloud-config.yaml`:",
  "",
  "   ```sh",
  '   podman run --rm -v "$PWD/build:/build" "$AURORABOOT" build-iso --cloud-config /build/cloud-config.yaml --output /build "docker:$IMAGE"',
  "   ```",
  "",
];

/** Everything that can be carried is carried; what a first start still fetches is said. */
function carried(context: LayOutContext, device: Device): string[] {
  const { distribution, gitops, os } = context.decisions;
  const scripts = [
    ...(distribution.choice === "none" ? [] : ["`scripts/vendor-distro.sh`"]),
    ...(gitops.choice === "none" ? ["`scripts/vendor-images.sh`"] : []),
    ...(gitops.choice !== "none" && nothingFetched(context) ? ["`scripts/vendor-engine.sh`"] : []),
    "`scripts/build-image.sh`",
  ];
  const debs = os.choice === "ubuntu" || os.choice === "debian";
  return [
    `1. On a machine with a network: ${scripts.join(", then ")}.`,
    ...(os.choice === "kairos" ? iso : []),
    ...(debs
      ? [
          "   Beforehand put the packages of the host, with all they depend on, into `vendor/ARCH/debs/`, on a machine with the same",
          `   release and architecture: \`apt-get install --download-only -o Dir::Cache::archives="$PWD" ${packagesOf(context, device).join(" ")}\`.`,
        ]
      : []),
    "2. Write the image and, on a second medium with the label EDGE_SITE, the site folder; carry both to the site.",
    nothingFetched(context)
      ? "3. Nothing is fetched at first start: distribution, engine and images are in the image."
      : "3. The distribution is in the image; the engine and the workload's images are fetched when the site has its link.",
  ];
}

function metal3({ yaml, hosts }: LayOutContext, { slug, deviceType }: Device): string {
  const host = {
    apiVersion: "metal3.io/v1alpha1",
    kind: "BareMetalHost",
    metadata: {
      name: `site-00001-${slug}`,
      namespace: "metal3-sites",
      labels: { "edge.example.com/device-type": slug },
    },
    spec: {
      online: true,
      architecture: deviceType.arch === "arm64" ? "aarch64" : "x86_64",
      bootMode: "UEFISecureBoot",
      bootMACAddress: "00:00:5e:00:53:01",
      bmc: {
        address: "redfish-virtualmedia://192.0.2.20/redfish/v1/Systems/1",
        credentialsName: "site-00001-bmc",
      },
      rootDeviceHints: { minSizeGigabytes: 16 },
      automatedCleaningMode: "metadata",
      image: {
        url: `https://${hosts.registry.split("/")[0]}/raw/${slug}.raw.xz`,
        checksum: `https://${hosts.registry.split("/")[0]}/raw/${slug}.raw.xz.sha512`,
        checksumType: "sha512",
        format: "raw",
      },
    },
  };
  return yaml(host, "An example: documentation MAC and address (RFC 7042, RFC 5737). Applied at the hub.");
}

function hardware({ slug, deviceType }: Device) {
  return {
    apiVersion: "tinkerbell.org/v1alpha1",
    kind: "Hardware",
    metadata: { name: `site-00001-${slug}`, namespace: "tinkerbell" },
    spec: {
      disks: [{ device: deviceType.arch === "amd64" ? "/dev/nvme0n1" : "/dev/mmcblk0" }],
      interfaces: [
        {
          dhcp: {
            mac: "00:00:5e:00:53:01",
            hostname: "site-00001",
            arch: deviceType.arch === "amd64" ? "x86_64" : "aarch64",
            uefi: true,
            ip: { address: "192.0.2.11", gateway: "192.0.2.1", netmask: "255.255.255.0" },
          },
          netboot: { allowPXE: true, allowWorkflow: true },
        },
      ],
    },
  };
}

function template({ hosts }: LayOutContext, { slug }: Device) {
  const data = lines([
    'version: "0.1"',
    `name: ${slug}`,
    "global_timeout: 3600",
    "tasks:",
    "  - name: install",
    '    worker: "{{.device_1}}"',
    "    volumes: [/dev:/dev]",
    "    actions:",
    "      - name: write-image",
    "        # mirrored from quay.io/tinkerbell/actions and pinned by digest in CI",
    `        image: ${hosts.registry}/tinkerbell/image2disk:1.0.0`,
    "        timeout: 1800",
    "        environment:",
    `          IMG_URL: https://${hosts.registry.split("/")[0]}/raw/${slug}.raw.xz`,
    '          DEST_DISK: "{{ index .Hardware.Disks 0 }}"',
    '          COMPRESSED: "true"',
    "      - name: reboot",
    `        image: ${hosts.registry}/tinkerbell/waitdaemon:1.0.0`,
    "        timeout: 90",
    "        pid: host",
    '        command: ["reboot"]',
  ]);
  return {
    apiVersion: "tinkerbell.org/v1alpha1",
    kind: "Template",
    metadata: { name: slug, namespace: "tinkerbell" },
    spec: { data },
  };
}

function registration({ slug, deviceType }: Device) {
  return {
    apiVersion: "elemental.cattle.io/v1beta1",
    kind: "MachineRegistration",
    metadata: { name: slug, namespace: "fleet-default" },
    spec: {
      machineName: "edge-${System Information/UUID}",
      machineInventoryLabels: { "edge.example.com/device-type": slug },
      config: {
        elemental: {
          registration: { auth: "tpm", "emulate-tpm": false },
          install: { device: deviceType.arch === "amd64" ? "/dev/nvme0n1" : "/dev/mmcblk0", reboot: true },
        },
      },
    },
  };
}
