import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { lines, startedBy } from "#model/upkeep.ts";

type Device = LayOutContext["devices"][number];

/** Same address as in the K3s configuration of a single node: both come from one decision. */
const loneAddress = "10.254.254.1";
/** The other end of its two addresses; nobody has it. https://docs.k3s.io/installation/airgap */
const lonePeer = "10.254.254.0";

/** What every machine needs whatever runs on it: watchdog, clock, kernel settings, a closed firewall, logs that stay small. */
export function hostFiles(context: LayOutContext, { slug }: Device): File[] {
  const dir = `nodes/${slug}`;
  const { decisions, hosts, answers } = context;
  const files: File[] = [
    {
      path: `${dir}/etc/systemd/system.conf.d/10-watchdog.conf`,
      content: lines([
        "# A kernel that hangs is reset by the hardware; a shutdown that hangs as well.",
        "[Manager]",
        "RuntimeWatchdogSec=30s",
        "RebootWatchdogSec=10min",
      ]),
      purpose: "Hardware watchdog: a device that hangs restarts by itself.",
    },
    {
      path: `${dir}/etc/systemd/timesyncd.conf.d/10-site.conf`,
      content: lines([
        "# The site's own time server first: certificates are refused when the clock is wrong, with or without uplink.",
        "[Time]",
        `NTP=ntp.site.internal ${hosts.ntp}`,
        "RootDistanceMaxSec=30",
        "SaveIntervalSec=60s",
      ]),
      purpose: "Time from the site, then from the fleet's server.",
    },
    {
      path: `${dir}/usr/lib/edge/set-clock`,
      content: lines([
        "#!/bin/sh",
        "# Boards without a battery start in 1970, when no certificate is valid yet: never start before this image was built.",
        "set -eu",
        "for stamp in /usr/lib/edge/set-clock /var/lib/systemd/timesync/clock; do",
        '  [ -e "$stamp" ] || continue',
        '  then=$(stat -c %Y "$stamp")',
        '  if [ "$(date +%s)" -lt "$then" ]; then date -s "@$then"; fi',
        "done",
      ]),
      purpose: "Gives a board without a battery a plausible clock before anything checks a certificate.",
    },
    {
      path: `${dir}/etc/systemd/system/edge-clock.service`,
      content: lines([
        "[Unit]",
        "Description=Plausible clock before anything checks a certificate",
        "DefaultDependencies=no",
        `Before=time-set.target ${startedBy(decisions.distribution.choice)}`,
        "",
        "[Service]",
        "Type=oneshot",
        "ExecStart=/bin/sh /usr/lib/edge/set-clock",
        "",
        "[Install]",
        "WantedBy=sysinit.target",
      ]),
      purpose: "Runs set-clock early.",
    },
    {
      path: `${dir}/etc/sysctl.d/90-edge.conf`,
      content: lines([
        ...(decisions.distribution.choice === "none"
          ? ["# A kernel that panics restarts the machine; containers may watch many files."]
          : ["# What a kubelet that protects kernel defaults expects to find; it does not start otherwise."]),
        "vm.panic_on_oom=0",
        "vm.overcommit_memory=1",
        "kernel.panic=10",
        "kernel.panic_on_oops=1",
        "kernel.keys.root_maxkeys=1000000",
        "kernel.keys.root_maxbytes=25000000",
        "fs.inotify.max_user_instances=1024",
        "fs.inotify.max_user_watches=262144",
        "net.ipv4.ip_forward=1",
      ]),
      purpose: "Kernel settings the kubelet insists on.",
    },
    {
      path: `${dir}/etc/systemd/journald.conf.d/10-flash.conf`,
      content: lines([
        "# Flash wears out: little is kept, and written in larger pieces.",
        "[Journal]",
        `Storage=${answers.storage === "sd" ? "volatile" : "persistent"}`,
        "SystemMaxUse=128M",
        "RuntimeMaxUse=32M",
        "SyncIntervalSec=5min",
      ]),
      purpose: "Logs that neither fill nor wear out the disk.",
    },
    {
      path: `${dir}/usr/lib/edge/firewall`,
      content: lines([
        "#!/bin/sh",
        "# Loads the rules as one transaction, then lets this site's own nodes in: one address or network a line.",
        "set -eu",
        "nft -f /etc/nftables.d/10-edge.nft",
        "[ -s /etc/edge/neighbours ] || exit 0",
        "while read -r neighbour; do",
        '  [ -z "$neighbour" ] || nft add element inet edge neighbours "{ $neighbour }"',
        "done </etc/edge/neighbours",
      ]),
      purpose: "Closes the machine, and opens it to its neighbours only.",
    },
    {
      path: `${dir}/etc/systemd/system/edge-firewall.service`,
      content: lines([
        "[Unit]",
        "Description=Nothing from outside gets in",
        "After=edge-adopt-site.service",
        `Before=${startedBy(decisions.distribution.choice)}`,
        "",
        "[Service]",
        "Type=oneshot",
        "RemainAfterExit=yes",
        "ExecStart=/bin/sh /usr/lib/edge/firewall",
        "ExecReload=/bin/sh /usr/lib/edge/firewall",
        "",
        "[Install]",
        "WantedBy=multi-user.target",
      ]),
      purpose: "Loads the firewall at every start.",
    },
    {
      path: `${dir}/etc/nftables.d/10-edge.nft`,
      content: firewall(context),
      purpose: "Nothing from outside gets in.",
    },
  ];
  if (decisions.distribution.choice === "k3s" && decisions.topology.choice === "single") {
    files.push(...loneNetwork(context, dir));
  }
  return files;
}

function firewall({ decisions }: LayOutContext): string {
  const many = decisions.topology.choice !== "single" && decisions.topology.choice !== "image";
  const ports: Record<string, string[]> = {
    k3s: ["tcp dport { 6443, 10250, 2379-2380, 5001 }", "udp dport { 8472, 51820-51821 }"],
    k0s: [
      "tcp dport { 6443, 8132, 9443, 10250, 2380, 179 }",
      "udp dport { 4789, 51820-51821 }",
      "ip protocol { 4, 112 }",
    ],
    microk8s: ["tcp dport { 16443, 10250, 19001, 25000 }", "udp dport 4789"],
  };
  const peers = many ? (ports[decisions.distribution.choice] ?? []) : [];
  return lines([
    "# Inbound: answers to what the node asked, its own pods, and (in a site with several nodes) its neighbours.",
    "# Sites pull: no port is opened towards the uplink. Distribution and CNI keep tables of their own beside this one.",
    "table inet edge",
    "delete table inet edge",
    "table inet edge {",
    "  set neighbours {",
    "    type ipv4_addr",
    "    flags interval",
    ...(many
      ? ["    # Empty until provisioning wrote /etc/edge/neighbours: a node without a site is closed."]
      : []),
    "  }",
    "  chain input {",
    "    type filter hook input priority filter; policy drop;",
    "    ct state established,related accept",
    '    iifname { "lo", "cni0", "flannel.1", "flannel-wg", "kube-bridge", "edge0" } accept',
    '    iifname "cali*" accept',
    '    iifname "vxlan.calico" accept',
    "    icmp type { destination-unreachable, time-exceeded, parameter-problem } accept",
    "    icmpv6 type { destination-unreachable, packet-too-big, nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept",
    "    udp sport 67 udp dport 68 accept",
    ...peers.map((rule) => `    ip saddr @neighbours ${rule} accept`),
    "  }",
    "}",
  ]);
}

/** The dummy interface whose address a single node has in Kubernetes, uplink or not. */
function loneNetwork({ decisions }: LayOutContext, dir: string): File[] {
  if (decisions.os.choice === "sl-micro") {
    return [
      {
        path: `${dir}/etc/NetworkManager/system-connections/edge0.nmconnection`,
        content: lines([
          "[connection]",
          "id=edge0",
          "type=dummy",
          "interface-name=edge0",
          "",
          "[ipv4]",
          "method=manual",
          `address1=${loneAddress}/31,${lonePeer}`,
          "route-metric=4096",
          "",
          "[ipv6]",
          "method=disabled",
        ]),
        purpose: "An address for Kubernetes that no uplink can take away.",
      },
    ];
  }
  return [
    {
      path: `${dir}/etc/systemd/network/05-edge0.netdev`,
      content: lines(["[NetDev]", "Name=edge0", "Kind=dummy"]),
      purpose: "A network interface that is always there.",
    },
    {
      path: `${dir}/etc/systemd/network/05-edge0.network`,
      content: lines([
        "# The address of this node in Kubernetes: it stays when the uplink changes or fails.",
        "[Match]",
        "Name=edge0",
        "",
        "[Network]",
        `Address=${loneAddress}/31`,
        "",
        "# K3s starts only with a default route, and service addresses need one: this one leads nowhere, is there without any",
        "# uplink too, and loses against a real one.",
        "[Route]",
        `Gateway=${lonePeer}`,
        "GatewayOnLink=yes",
        "Metric=4096",
      ]),
      purpose: "An address for Kubernetes that no uplink can take away.",
    },
  ];
}
