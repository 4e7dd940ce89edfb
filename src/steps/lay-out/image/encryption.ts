import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { lines } from "#model/upkeep.ts";

type Device = LayOutContext["devices"][number];

/** Whether the operating system encrypts its persistent partition by itself at installation. */
export function nativeEncryption({ decisions }: LayOutContext): boolean {
  const { choice } = decisions.encryption;
  return decisions.os.choice === "kairos" && (choice === "luks-tpm" || choice === "luks-tpm-network");
}

/** Address of the key server, beside the Tang server of the fleet. */
export function keyServer({ hosts }: LayOutContext): string {
  return hosts.tang.replace("//tang.", "//kms.");
}

/** What clevis seals the data partition to: the chip, the network, or both at once. */
function pin({ decisions, hosts }: LayOutContext): { name: string; policy: string } | null {
  const tpm = { pcr_bank: "sha256", pcr_ids: "7" };
  const tang = { url: hosts.tang };
  const { choice } = decisions.encryption;
  if (choice === "luks-tpm") return { name: "tpm2", policy: JSON.stringify(tpm) };
  if (choice === "luks-network") return { name: "tang", policy: JSON.stringify(tang) };
  if (choice === "none") return null;
  return { name: "sss", policy: JSON.stringify({ t: 2, pins: { tpm2: [tpm], tang: [tang] } }) };
}

/** Unlocks, and on first boot makes, the encrypted partition on which all state lies. */
export function encryptedData(context: LayOutContext, { slug }: Device): File[] {
  const sealed = pin(context);
  // Ubuntu Core encrypts by itself where UEFI and TPM 2.0 are there.
  if (!sealed || nativeEncryption(context) || context.decisions.os.choice === "ubuntu-core") return [];
  const dir = `nodes/${slug}`;
  const state = {
    k3s: "/var/lib/rancher",
    k0s: "/var/lib/k0s",
    microk8s: "/var/snap/microk8s/common",
    none: "/var/lib/containers",
  };
  const mount = state[context.decisions.distribution.choice];
  const before = {
    k3s: "k3s.service k3s-agent.service",
    k0s: "edge-install-k0s.service",
    microk8s: "edge-install-microk8s.service",
    none: "local-fs.target",
  };
  return [
    {
      path: `${dir}/usr/lib/edge/open-data`,
      content: lines([
        "#!/bin/sh",
        `# Opens the partition EDGE_DATA with clevis (${sealed.name}) and mounts it at ${mount}; makes it on first boot.`,
        "# The passphrase of the first boot never leaves memory; the recovery key leaves it only encrypted.",
        "set -eu",
        "umask 077",
        "device=/dev/disk/by-partlabel/EDGE_DATA",
        'if ! cryptsetup isLuks "$device"; then',
        '  [ -z "$(blkid -o value -s TYPE "$device")" ] || [ "$(blkid -o value -s LABEL "$device")" = EDGE_EMPTY ] || { echo "EDGE_DATA is not empty and not LUKS" >&2; exit 1; }',
        "  work=$(mktemp -d -p /run)",
        `  trap 'rm -rf "$work"' EXIT`,
        '  head -c 64 /dev/urandom | base64 -w 0 >"$work/first"',
        '  head -c 32 /dev/urandom | base64 -w 0 >"$work/recovery"',
        '  cryptsetup luksFormat --type luks2 --batch-mode --pbkdf argon2id --pbkdf-memory 65536 --key-file "$work/first" "$device"',
        '  cryptsetup luksAddKey --key-file "$work/first" "$device" "$work/recovery"',
        `  clevis luks bind -y -k "$work/first" -d "$device" ${sealed.name} '${sealed.policy}'`,
        '  age -R /etc/edge/recovery-recipients.txt -o /etc/edge/recovery-key.age "$work/recovery"',
        '  cryptsetup luksRemoveKey "$device" --key-file "$work/first"',
        "fi",
        '[ -e /dev/mapper/edge-data ] || clevis luks unlock -d "$device" -n edge-data',
        "blkid /dev/mapper/edge-data >/dev/null || mkfs.ext4 -q -L edge-data /dev/mapper/edge-data",
        `mkdir -p ${mount}`,
        `mountpoint -q ${mount} || mount -o noatime /dev/mapper/edge-data ${mount}`,
      ]),
      purpose: "Opens the encrypted data partition; makes it on first boot.",
    },
    {
      path: `${dir}/etc/systemd/system/edge-data.service`,
      content: lines([
        "[Unit]",
        "Description=Encrypted data partition",
        ...(sealed.name === "tpm2" ? [] : ["After=network-online.target", "Wants=network-online.target"]),
        `Before=${before[context.decisions.distribution.choice]}`,
        "",
        "[Service]",
        "Type=oneshot",
        "RemainAfterExit=yes",
        "ExecStart=/bin/sh /usr/lib/edge/open-data",
        "# Without its network factor a device waits, it never opens.",
        "Restart=on-failure",
        "RestartSec=30s",
        "",
        "[Install]",
        "WantedBy=multi-user.target",
        `RequiredBy=${before[context.decisions.distribution.choice]}`,
      ]),
      purpose: "Opens the data partition before Kubernetes starts.",
    },
  ];
}
