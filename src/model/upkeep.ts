import type { Decisions } from "./decision.ts";
import type { File } from "./plan.ts";

/** What a distribution must tell so that its nodes can look after themselves. */
export type Upkeep = {
  /** The folder of a device in the repository: `nodes/<device>`. */
  dir: string;
  /** systemd unit of the distribution: `k3s`, `k0scontroller`, `snap.microk8s.daemon-kubelite`. */
  unit: string;
  /** Where the distribution keeps its data; see `stateDir`. */
  distribution: Decisions["distribution"]["choice"];
  /** Shell command that succeeds when the API server, or the agent's kubelet, answers. */
  ready: string;
  restart: string;
  /** Leaf certificates are renewed only by a start, so the service never runs longer than this. */
  restartAfterDays: number;
};

type Timer = { name: string; title: string; script: string; timer: string[]; timeoutSeconds: number };

/** Where scripts of a device image lie: on an A/B image `/usr/local` and `/var` are not part of the image. */
export const scriptDir = "/usr/lib/edge";

/** Where a distribution keeps all its state; on an encrypted device this is the encrypted partition. */
export const dataDir = {
  k3s: "/var/lib/rancher",
  k0s: "/var/lib/k0s",
  microk8s: "/var/snap/microk8s/common",
  none: "/var/lib/containers",
} as const;

/** Where a node keeps what is ours: on an A/B system `/var/lib` forgets everything else at a restart. */
export function stateDir(distribution: Decisions["distribution"]["choice"]): string {
  return `${dataDir[distribution]}/edge`;
}

/** Label by which an upgrade finds the nodes of one role: each role has an image of its own. */
export const roleLabel = "edge.example.com/role";

/** Units that must wait for identity, firewall and disk, as they are called where the distribution runs. */
export function startedBy(distribution: Decisions["distribution"]["choice"]): string {
  const units = {
    k3s: "k3s.service k3s-agent.service",
    k0s: "edge-install-k0s.service",
    microk8s: "edge-install-microk8s.service",
    none: "edge-app.service metrics-agent.service",
  };
  return units[distribution];
}

/** A oneshot service, its timer and its script, as files of a node. */
export function timed(dir: string, { name, title, script, timer, timeoutSeconds }: Timer): File[] {
  const service = [
    "[Unit]",
    `Description=${title}`,
    "After=network.target",
    "",
    "[Service]",
    "Type=oneshot",
    // Through the shell, so that a copy that lost its mode bits still runs.
    `ExecStart=/bin/sh ${scriptDir}/${name}`,
    `TimeoutStartSec=${timeoutSeconds}`,
    "Nice=10",
    "IOSchedulingClass=idle",
  ];
  const clock = ["[Unit]", `Description=Timer: ${title}`, "", "[Timer]", ...timer];
  return [
    {
      path: `${dir}/etc/systemd/system/${name}.service`,
      content: lines(service),
      purpose: `${title}: what runs.`,
    },
    {
      path: `${dir}/etc/systemd/system/${name}.timer`,
      content: lines([...clock, "", "[Install]", "WantedBy=timers.target"]),
      purpose: `${title}: when it runs.`,
    },
    {
      path: `${dir}${scriptDir}/${name}`,
      content: lines(script.trim().split("\n")),
      purpose: `${title}: the script.`,
    },
  ];
}

/** The restart that renews certificates in time, and the repair that a node does on its own. */
export function upkeep({ dir, unit, distribution, ready, restart, restartAfterDays }: Upkeep): File[] {
  const kept = stateDir(distribution);
  return [
    ...timed(dir, {
      name: "edge-renew",
      title: `Restart ${unit} before its certificates can expire`,
      timeoutSeconds: 600,
      // Spread over the night, so that a fleet does not restart at once.
      timer: ["OnCalendar=*-*-* 02:00", "RandomizedDelaySec=3h", "Persistent=true"],
      script: `#!/bin/sh
# Leaf certificates live 365 days and are renewed by a start that finds 120 days or less left.
# A service that never runs longer than ${restartAfterDays} days therefore never meets an expired one.
set -eu
limit=$((${restartAfterDays} * 24 * 60 * 60))
entered=$(systemctl show -p ActiveEnterTimestampMonotonic --value ${unit})
[ "\${entered:-0}" -gt 0 ] || exit 0
now=$(cut -d. -f1 /proc/uptime)
[ $((now - entered / 1000000)) -ge "$limit" ] || exit 0
logger -t edge-renew "running for more than ${restartAfterDays} days, restarting ${unit}"
${restart}
`,
    }),
    ...timed(dir, {
      name: "edge-repair",
      title: `Repair ${unit} when it stops answering`,
      timeoutSeconds: 300,
      timer: ["OnBootSec=15min", "OnUnitActiveSec=2min", "AccuracySec=30s"],
      script: `#!/bin/sh
# Three failed checks in a row restart the service, nine reboot the machine, at most once in six hours.
set -eu
state=/run/edge-repair
mkdir -p "$state" ${kept}
if timeout 60 sh -c '${ready}' >/dev/null 2>&1; then
  rm -f "$state/failures"
  exit 0
fi
failures=$(($(cat "$state/failures" 2>/dev/null || echo 0) + 1))
echo "$failures" >"$state/failures"
logger -t edge-repair "${unit} does not answer ($failures in a row)"
if [ "$failures" -ge 9 ]; then
  stamp=${kept}/last-repair-reboot
  if [ -z "$(find "$stamp" -mmin -360 2>/dev/null)" ]; then
    touch "$stamp"
    sync
    systemctl reboot
  fi
elif [ $((failures % 3)) -eq 0 ]; then
  ${restart}
fi
`,
    }),
  ];
}

/** Joins lines of a text file, with the newline at its end that every tool expects. */
export function lines(text: readonly string[]): string {
  return `${text.join("\n").trimEnd()}\n`;
}
