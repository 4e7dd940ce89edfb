import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { dataDir, lines, startedBy } from "#model/upkeep.ts";

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

/** The folder the encrypted partition is mounted at, or null where the system encrypts by itself or nothing is. */
export function encryptedMount(context: LayOutContext): string | null {
  // Ubuntu Core encrypts by itself where UEFI and TPM 2.0 are there.
  const own = nativeEncryption(context) || context.decisions.os.choice === "ubuntu-core";
  return own || context.decisions.encryption.choice === "none"
    ? null
    : dataDir[context.decisions.distribution.choice];
}

/** Where the recovery key waits to be collected, encrypted: `/etc` of an A/B system does not outlive a restart. */
export const recoveryKey = "/usr/local/edge-site/recovery-key.age";

/** Unlocks, and on first boot makes, the encrypted partition on which all state lies. */
export function encryptedData(context: LayOutContext, { slug }: Device): File[] {
  const sealed = pin(context);
  const mount = encryptedMount(context);
  if (!sealed || !mount) return [];
  const dir = `nodes/${slug}`;
  const { choice } = context.decisions.distribution;
  const before = startedBy(choice);
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
        "# Only a partition that was finished carries the label EDGE_DATA: a first boot that lost power starts over.",
        'if ! cryptsetup isLuks "$device" || [ "$(blkid -o value -s LABEL "$device")" = EDGE_NEW ]; then',
        '  [ -s /etc/edge/recovery-recipients.txt ] || { echo "open-data: no site yet, or its recovery-recipients.txt is missing" >&2; exit 1; }',
        '  case "$(blkid -o value -s TYPE "$device"):$(blkid -o value -s LABEL "$device")" in',
        "    : | *:EDGE_EMPTY | *:EDGE_NEW) ;;",
        '    *) echo "EDGE_DATA is not empty and not LUKS" >&2; exit 1 ;;',
        "  esac",
        "  work=$(mktemp -d -p /run)",
        `  trap 'rm -rf "$work"' EXIT`,
        '  head -c 64 /dev/urandom | base64 -w 0 >"$work/first"',
        '  head -c 32 /dev/urandom | base64 -w 0 >"$work/recovery"',
        '  cryptsetup luksFormat --type luks2 --label EDGE_NEW --batch-mode --pbkdf argon2id --pbkdf-memory 65536 --key-file "$work/first" "$device"',
        '  cryptsetup luksAddKey --key-file "$work/first" "$device" "$work/recovery"',
        `  clevis luks bind -y -k "$work/first" -d "$device" ${sealed.name} '${sealed.policy}'`,
        `  mkdir -p ${recoveryKey.replace(/\/[^/]*$/, "")}`,
        `  rm -f ${recoveryKey} && age -R /etc/edge/recovery-recipients.txt -o ${recoveryKey} "$work/recovery" && sync`,
        '  cryptsetup luksRemoveKey "$device" --key-file "$work/first"',
        '  cryptsetup config "$device" --label EDGE_DATA',
        "fi",
        "# Without its factor a device waits here, with everything that needs the disk; it never opens.",
        'until [ -e /dev/mapper/edge-data ] || clevis luks unlock -d "$device" -n edge-data; do sleep 30; done',
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
        `Before=${before}`,
        "",
        "[Service]",
        "Type=oneshot",
        "RemainAfterExit=yes",
        "ExecStart=/bin/sh /usr/lib/edge/open-data",
        "",
        "[Install]",
        "WantedBy=multi-user.target",
        `RequiredBy=${before}`,
      ]),
      purpose: "Opens the data partition before Kubernetes starts.",
    },
  ];
}
