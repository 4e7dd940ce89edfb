import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { lines } from "#model/upkeep.ts";
import { keyServer, nativeEncryption } from "./encryption.ts";

type Device = LayOutContext["devices"][number];

/** SECURITY.md of a device type: what protects it, with the commands, and what does not. */
export function security(context: LayOutContext, device: Device): File {
  return {
    path: `image/${device.slug}/SECURITY.md`,
    content: lines([
      `# Encryption and Secure Boot on ${device.slug}`,
      "",
      "No Kubernetes distribution has code for Secure Boot, TPM or disk encryption: it belongs to firmware and operating",
      "system.",
      "",
      "## Disk",
      "",
      ...disk(context),
      "",
      "## Secure Boot",
      "",
      ...boot(context),
      "",
      ...(context.decisions.distribution.choice === "none"
        ? []
        : ["## Kubernetes Secrets", "", ...secrets(context), ""]),
      "## Credentials on the device",
      "",
      "Tokens and keys are made for one site at provisioning and lie below `/etc/edge` with mode 0600. An image never",
      "holds one: a token in an image opens every site. A stolen device is answered by revoking the credentials of its",
      "site: registry or Git access, age key, join tokens, key-server entry.",
    ]),
    purpose: `What protects ${device.slug} when it is stolen, with the commands.`,
  };
}

function disk(context: LayOutContext): string[] {
  const { decisions, hosts } = context;
  const { choice } = decisions.encryption;
  if (choice === "none") {
    return [
      "Not encrypted. Whoever holds the disk reads it: keep personal and payment data off it, and the life of its",
      "credentials short.",
    ];
  }
  if (decisions.os.choice === "ubuntu-core") {
    return [
      "Ubuntu Core encrypts by itself at first boot where the gadget has `grade: secured` and the device UEFI and TPM 2.0:",
      "",
      "```sh",
      "snap recovery --show-keys      # store the recovery key centrally, once, after first boot",
      "```",
      "",
      "Source: https://documentation.ubuntu.com/core/explanation/full-disk-encryption/",
    ];
  }
  if (nativeEncryption(context)) {
    const network = choice === "luks-tpm-network";
    return [
      "`cloud-config.yaml` asks the installer to encrypt `COS_PERSISTENT`, on which all state lies, with LUKS2.",
      network
        ? `The passphrase is kept by the key server (${keyServer(context)}); the device proves with its TPM who it is. A device that cannot reach the server does not open: a thief has no network of yours.`
        : "The passphrase lies in the TPM of the device. Whoever steals the whole device also has its TPM: measured boot decides what may ask it.",
      "",
      "```sh",
      ...(network
        ? [
            "# hub: the challenger, then one SealedVolume a device, named by the hash of its TPM",
            "helm repo add kairos https://kairos-io.github.io/helm-charts",
            "kubectl get sealedvolumes -A",
            "# device: print the hash",
            "kcrypt-discovery-challenger",
          ]
        : ["# device, after installation"]),
      "lsblk -o NAME,FSTYPE,LABEL        # COS_PERSISTENT must be crypto_LUKS",
      "cryptsetup luksDump /dev/disk/by-partlabel/persistent",
      "```",
      "",
      "Source: https://kairos.io/docs/advanced/partition_encryption/",
    ];
  }
  const how = {
    "luks-tpm": "sealed to the TPM (PCR 7: the keys Secure Boot trusts)",
    "luks-network": `bound to the Tang server ${hosts.tang}, because there is no TPM; away from that network the disk stays closed`,
    "luks-tpm-network": `bound to TPM and Tang server ${hosts.tang} together (clevis sss, threshold 2)`,
  }[choice];
  return [
    `The partition with the label EDGE_DATA holds all state. \`edge-data.service\` makes it on first boot, ${how}.`,
    "It needs cryptsetup, clevis and age in the image, and an empty partition of that label.",
    "",
    "```sh",
    "sgdisk -n 0:0:0 -c 0:EDGE_DATA /dev/<disk>             # installer: the rest of the disk",
    "systemctl status edge-data && cryptsetup luksDump /dev/disk/by-partlabel/EDGE_DATA",
    "clevis luks list -d /dev/disk/by-partlabel/EDGE_DATA",
    ...(choice === "luks-tpm"
      ? []
      : [
          `curl -sf ${hosts.tang}/adv | jq .                    # the advertisement the device trusts at first boot`,
          "clevis luks report -d /dev/disk/by-partlabel/EDGE_DATA -s 1   # after a rotation of Tang's keys",
        ]),
    "```",
    "",
    "The recovery key is encrypted for `/etc/edge/recovery-recipients.txt` and lies in `/usr/local/edge-site/recovery-key.age`: collect",
    "it at provisioning, keep it centrally, and open with `age -d -i recovery.agekey recovery-key.age | cryptsetup open --key-file - …`.",
    ...(choice === "luks-tpm"
      ? [
          "A firmware or dbx update can change PCR 7: bind again with `clevis luks regen` while the partition is open.",
        ]
      : []),
  ];
}

function boot({ decisions }: LayOutContext): string[] {
  const { choice } = decisions.secureBoot;
  if (choice === "unavailable") {
    return [
      "Not available: this hardware has no UEFI Secure Boot with TPM 2.0. What starts is not verified by firmware, so a",
      "manipulated system on the device goes unnoticed. What remains: closed housing, signed images, short-lived",
      "credentials, a network-bound disk, or other hardware.",
    ];
  }
  const check = ["```sh", "mokutil --sb-state", "bootctl status | head -n 12", "```"];
  const lead =
    choice === "enforced"
      ? "Enforced: firmware starts only what is signed with the fleet's keys."
      : "Switched on where the device has it; what has not stays a stated risk.";
  if (decisions.os.choice === "kairos") {
    return [
      `${lead} Kairos Trusted Boot puts kernel, initrd and command line into one signed image (UKI).`,
      "",
      "```sh",
      "# once, on an offline machine; PK, KEK and db keys are the fleet's root of trust",
      'podman run --rm -v "$PWD/keys:/keys" "$AURORABOOT" genkey -o /keys "Edge fleet"',
      "# per release",
      'podman run --rm -v "$PWD/keys:/keys" -v "$PWD/build:/output" "$AURORABOOT" build-uki \\',
      "  --output-dir /output --public-keys /keys --tpm-pcr-private-key /keys/tpm2-pcr-private.pem \\",
      '  --sb-key /keys/db.key --sb-cert /keys/db.pem --output-type iso "$IMAGE"',
      "```",
      "",
      "`AURORABOOT` and `IMAGE` are pinned by digest in CI. In firmware: setup mode, boot the ISO once, it enrolls the keys.",
      ...check,
      "Source: https://kairos.io/docs/installation/trustedboot/",
    ];
  }
  const byOs: Record<string, string> = {
    "ubuntu-core": "Ubuntu Core boots signed snaps only; the model's grade is `secured`.",
    ubuntu: "Ubuntu's shim, GRUB and kernel are signed by vendors; own kernel modules need an enrolled MOK.",
    debian: "Debian's shim, GRUB and kernel are signed by vendors; own kernel modules need an enrolled MOK.",
    "sl-micro":
      "SL Micro's shim is signed; switch Secure Boot on before Edge Image Builder's image is installed.",
    flatcar:
      "Flatcar signs its amd64 images; its own documentation advises against relying on it for trusted boot.",
  };
  return [lead, byOs[decisions.os.choice] ?? "", "", ...check];
}

function secrets({ decisions }: LayOutContext): string[] {
  if (!decisions.encryption.params.secretsEncryption)
    return ["Not encrypted in the datastore; backups hold them in clear."];
  const commands: Record<string, string[]> = {
    k3s: ["k3s secrets-encrypt status", "k3s secrets-encrypt rotate-keys"],
    k0s: ["k0s kubectl get --raw /api/v1/secrets >/dev/null   # then read /etc/k0s/encryption.yaml"],
    microk8s: ["microk8s kubectl get --raw /api/v1/secrets >/dev/null"],
  };
  return [
    "Encrypted in the datastore. That protects backups and snapshots, not a disk: the key lies on the same device.",
    "",
    "```sh",
    ...(commands[decisions.distribution.choice] ?? []),
    "```",
  ];
}
