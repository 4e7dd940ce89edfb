import { manifestDir } from "#model/bootstrap.ts";
import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { encryptedMount } from "../image/encryption.ts";
import { hasCluster } from "../sizes.ts";
import { namespaces, textFile } from "../tree.ts";

/** The script that prepares the identity and the own keys of one site. */
export function newSite(context: LayOutContext): File {
  const { gitops, secrets, rollout: decided } = context.decisions;
  const last = decided.params.rings.at(-1)!.name;
  const cluster = hasCluster(context);
  const identity = identityOf(gitops.choice);
  const seed = `seed${manifestDir(context)}`;
  const lines = [
    "#!/usr/bin/env bash",
    "# Prepares one new site on your machine: its identity and its own keys, in a folder outside this repository.",
    `# Usage: scripts/new-site.sh SITE REGION DEVICE [RING]   ring: ${last} unless said`,
    "set -euo pipefail",
    'site="$1"',
    'region="$2"',
    'device="$3"',
    `ring="\${4:-${last}}"`,
    '[[ "$site" =~ ^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$ ]] || { echo "A site id has lower case letters, digits and hyphens." >&2; exit 2; }',
    'here="$(cd "$(dirname "$0")/.." && pwd)"',
    cluster
      ? '[ -d "$here/sets/$region-$device" ] || { echo "No set $region-$device; see sets/." >&2; exit 2; }'
      : '[ -d "$here/image/$device" ] || { echo "No device type $device; see image/." >&2; exit 2; }',
    ...(secrets.choice === "sops"
      ? [
          'command -v age-keygen > /dev/null || { echo "age-keygen is missing, see https://age-encryption.org" >&2; exit 2; }',
        ]
      : []),
    'out="${OUT:-$here/../sites}/$site"',
    "umask 077",
    'mkdir -p "$out/seed/etc/edge"',
    ...(gitops.choice === "none"
      ? [
          'printf "SITE_ID=%s\\nREGION=%s\\nRING=%s\\n" "$site" "$region" "$ring" > "$out/seed/etc/edge/site.env"',
        ]
      : [
          'sh "$here/scripts/render-bootstrap.sh" --device "$device" --region "$region" --ring "$ring" --site "$site" --out "$out/seed"',
        ]),
    ...(needsRecipients(context)
      ? [
          "# Who may open a disk or a copy when the device cannot any more: public age recipients, the same for every site.",
          'recipients="${RECOVERY_RECIPIENTS:-$here/../recovery-recipients.txt}"',
          '[ -s "$recipients" ] || { echo "Write the public age recipients of your recovery key to $recipients (age-keygen makes one)." >&2; exit 2; }',
          'for name in recovery backup; do cp "$recipients" "$out/seed/etc/edge/$name-recipients.txt"; done',
        ]
      : []),
    ...(identity.length > 0
      ? [
          'cat > "$out/identity.yaml" <<EOF',
          ...identity,
          "EOF",
          `mkdir -p "$out/${seed}"`,
          `cp "$out/identity.yaml" "$out/${seed}/15-identity.yaml"`,
        ]
      : []),
    ...(gitops.choice !== "none" && context.decisions.delivery.choice === "git"
      ? [
          "# The site's own read-only key for the repository: revoke one site without touching the others.",
          '[ -f "$out/git_ed25519" ] || ssh-keygen -q -t ed25519 -N "" -C "$site" -f "$out/git_ed25519"',
          'echo "Register as a read-only deploy key: $out/git_ed25519.pub"',
        ]
      : []),
    ...(secrets.choice === "sops"
      ? [
          "# The site's own age key: only this site can read what is encrypted for it.",
          '[ -f "$out/age.agekey" ] || age-keygen -o "$out/age.agekey" 2> /dev/null',
          'echo "Add to .sops.yaml for region $region: $(age-keygen -y "$out/age.agekey")"',
        ]
      : []),
    'echo "Prepared in $out: carry the folder seed to the device, keep the keys out of this repository (README.md)."',
  ];
  return textFile("scripts/new-site.sh", lines, "Prepares the identity and the own keys of one new site.");
}

/** A disk that is opened by a network, and a copy that leaves the device, are lost without a recovery key. */
export function needsRecipients(context: LayOutContext): boolean {
  const copies = ["sqlite-copy", "etcd-snapshot", "dqlite-backup"].includes(context.decisions.backup.choice);
  return copies || encryptedMount(context) !== null;
}

/** Flux fills the fleet's ConfigMaps in from the one its bootstrap brings; with Argo CD the device brings them along. */
function identityOf(engine: string): string[] {
  // Without an engine the device fills them in itself, from site.env.
  if (engine !== "argocd") return [];
  const space = (name: string) => ["apiVersion: v1", "kind: Namespace", "metadata:", `  name: ${name}`];
  const map = (name: string, namespace: string) => [
    ...["apiVersion: v1", "kind: ConfigMap", "metadata:", `  name: ${name}`, `  namespace: ${namespace}`],
    ...["data:", '  site_id: "$site"', '  ring: "$ring"'],
  ];
  const parts = Object.values(namespaces).flatMap((namespace) => [
    space(namespace),
    map("site-identity", namespace),
  ]);
  return parts.flatMap((lines, index) => (index > 0 ? ["---", ...lines] : lines));
}
