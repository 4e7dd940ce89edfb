import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { lines, stateDir, timed } from "#model/upkeep.ts";

/** A nightly copy of what a server cannot be rebuilt without, and how to bring it back. */
export function backup({ decisions }: LayOutContext, dir: string): File[] {
  const { choice } = decisions.backup;
  if (choice === "rebuild" || choice === "database-backup") return [restoreNote(dir, choice)];
  const etcd = decisions.datastore.choice === "etcd";
  return [
    ...timed(dir, {
      name: "edge-backup",
      title: "Nightly copy of the K3s datastore and its token",
      timeoutSeconds: 900,
      timer: ["OnCalendar=*-*-* 01:00", "RandomizedDelaySec=1h", "Persistent=true"],
      script: etcd ? etcdScript : sqliteScript,
    }),
    {
      path: `${dir}/restore.md`,
      content: etcd ? etcdRestore : sqliteRestore,
      purpose: "How a server comes back.",
    },
  ];
}

const store = `#!/bin/sh
set -eu
umask 077
out=${stateDir("k3s")}/backup
data=/var/lib/rancher/k3s/server
mkdir -p "$out"
file="$out/k3s-$(date -u +%Y%m%dT%H%M%SZ).tar.gz"`;

const keep = `
# The copy holds secrets: it is encrypted for the recipients of this file where age is in the image.
if [ -f /etc/edge/backup-recipients.txt ] && command -v age >/dev/null; then
  age -R /etc/edge/backup-recipients.txt -o "$file.age" "$file" && rm -f "$file"
fi
ls -1t "$out"/k3s-* | tail -n +8 | xargs -r rm -f
# Outbound only, and only where provisioning wrote an address.
if [ -s /etc/edge/backup-url ]; then
  newest=$(ls -1t "$out"/k3s-* | head -n 1)
  curl --fail --silent --max-time 600 --upload-file "$newest" "$(cat /etc/edge/backup-url)/$(basename "$newest")" || true
fi`;

// Pods keep running while the service is stopped: its unit kills only its own process.
const sqliteScript = `${store}
trap 'systemctl start k3s' EXIT
systemctl stop k3s
tar -C "$data" -czf "$file" db token cred/encryption-config.json 2>/dev/null || tar -C "$data" -czf "$file" db token
systemctl start k3s
trap - EXIT
${keep}`;

const etcdScript = `${store}
k3s etcd-snapshot save --name edge
tar -C "$data" -czf "$file" db/snapshots token
${keep}`;

const sqliteRestore = lines([
  "# Bringing a server back from its copy",
  "",
  "The copy holds the SQLite datastore (`server/db`), the server token and, where secrets are encrypted, the key.",
  "A copy without the token is useless: bootstrap data is encrypted with it.",
  "",
  "```sh",
  "systemctl stop k3s",
  "age -d -i recovery.agekey -o copy.tar.gz k3s-<time>.tar.gz.age   # only where it was encrypted",
  "rm -rf /var/lib/rancher/k3s/server/db",
  "tar -C /var/lib/rancher/k3s/server -xzf copy.tar.gz",
  "systemctl start k3s",
  "k3s kubectl get nodes",
  "```",
  "",
  "Use the K3s version the copy was made with, then upgrade one minor at a time.",
  "Source: https://docs.k3s.io/datastore/backup-restore",
]);

const etcdRestore = lines([
  "# Bringing an etcd cluster back from a snapshot",
  "",
  "Snapshots are taken every six hours on each server; the nightly copy adds the server token.",
  "",
  "```sh",
  "# on one server",
  "systemctl stop k3s",
  "k3s server --cluster-reset --cluster-reset-restore-path=/var/lib/rancher/k3s/server/db/snapshots/<name>",
  "systemctl start k3s",
  "# on each other server",
  "systemctl stop k3s && rm -rf /var/lib/rancher/k3s/server/db && systemctl start k3s",
  "```",
  "",
  "Source: https://docs.k3s.io/cli/etcd-snapshot",
]);

function restoreNote(dir: string, choice: "rebuild" | "database-backup"): File {
  const rebuild = [
    "# No copy is made here",
    "",
    "Nothing on this node is worth more than the time it takes to provision it again: the desired state comes from the",
    "fleet repository, and a replaced device registers under the same site.",
  ];
  const database = [
    "# The datastore is an external database",
    "",
    "Back it up with its own tools, at least nightly. `/etc/edge/server-token` belongs to the copy: bootstrap data is",
    "encrypted with it.",
  ];
  return {
    path: `${dir}/restore.md`,
    content: lines(choice === "rebuild" ? rebuild : database),
    purpose: "How a server comes back.",
  };
}
