import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { lines } from "#model/upkeep.ts";

type Device = LayOutContext["devices"][number];

/** Where a machine runs no Kubernetes: containers as systemd services (Podman quadlets), in the device image. */
export function quadlets(context: LayOutContext, { slug, deviceType }: Device): File[] {
  const { images, decisions, hosts } = context;
  if (decisions.distribution.choice !== "none" && decisions.topology.choice !== "image") return [];
  const dir = `nodes/${slug}/etc/containers/systemd`;
  // No public image of ours is built for RISC-V: the team's own takes their place.
  const own = deviceType.arch === "riscv64";
  const app = own ? { image: `${hosts.registry}/apps/edge-app:1.0.0` } : images["edge-app"];
  const agent = own ? undefined : images["metrics-agent"];
  const small = deviceType.memoryMiB < 512;
  const files: File[] = [
    {
      path: `${dir}/edge.network`,
      content: lines(["[Network]", "NetworkName=edge", "DisableDNS=false"]),
      purpose: "A network of the containers' own; no port of the host leads into it.",
    },
  ];
  if (app) {
    files.push({
      path: `${dir}/edge-app.container`,
      content: quadlet({
        description: "The application of this device",
        image: app.image,
        memoryMiB: small ? 64 : 128,
        more: [
          "EnvironmentFile=/etc/edge/site.env",
          "Volume=/etc/edge/app:/fluent-bit/etc:ro",
          "Volume=edge-buffer.volume:/var/lib/buffer",
        ],
      }),
      purpose: "The application as a systemd service; replace the image by your own.",
    });
    files.push({
      path: `${dir}/edge-buffer.volume`,
      content: lines(["[Volume]", "VolumeName=edge-buffer"]),
      purpose: "What could not be sent yet; it survives restarts.",
    });
    files.push({
      path: `nodes/${slug}/etc/edge/app/fluent-bit.conf`,
      content: lines([
        "[SERVICE]",
        "    Flush        15",
        "    Log_Level    warn",
        "    storage.path /var/lib/buffer",
        "",
        "[INPUT]",
        "    Name         cpu",
        "    Tag          site",
        "    Interval_Sec 60",
        "    storage.type filesystem",
        "",
        "[OUTPUT]",
        "    Name         stdout",
        "    Match        site",
      ]),
      purpose: "A first configuration that runs without any server.",
    });
  }
  if (agent && !small) {
    files.push({
      path: `${dir}/metrics-agent.container`,
      content: quadlet({
        description: "Sends few, aggregated metrics, and keeps them while there is no uplink",
        image: agent.image,
        memoryMiB: 64,
        more: [
          `Exec=-remoteWrite.url=${context.hosts.metrics} -remoteWrite.tmpDataPath=/buffer -remoteWrite.maxDiskUsagePerURL=256MB -promscrape.config=/etc/vmagent/scrape.yaml -memory.allowedBytes=40MB`,
          "Volume=/etc/edge/metrics:/etc/vmagent:ro",
          "Volume=metrics-buffer.volume:/buffer",
        ],
      }),
      purpose: "Metrics of the device, pushed out and buffered.",
    });
    files.push({
      path: `${dir}/metrics-buffer.volume`,
      content: lines(["[Volume]", "VolumeName=metrics-buffer"]),
      purpose: "Metrics that could not be sent yet.",
    });
    files.push({
      path: `nodes/${slug}/etc/edge/metrics/scrape.yaml`,
      content: context.yaml({
        global: { scrape_interval: "2m" },
        scrape_configs: [{ job_name: "agent", static_configs: [{ targets: ["127.0.0.1:8429"] }] }],
      }),
      purpose: "What the metrics agent reads.",
    });
  }
  return files;
}

type Quadlet = { description: string; image: string; memoryMiB: number; more: string[] };

function quadlet({ description, image, memoryMiB, more }: Quadlet): string {
  return lines([
    "[Unit]",
    `Description=${description}`,
    "After=edge-adopt-site.service",
    "",
    "[Container]",
    `Image=${image}`,
    // The image lies in the device image; nothing is asked for at a start without uplink.
    "Pull=missing",
    "Network=edge.network",
    "ReadOnly=true",
    "NoNewPrivileges=true",
    "DropCapability=all",
    `PodmanArgs=--memory=${memoryMiB}m`,
    ...more,
    "",
    "[Service]",
    "Restart=always",
    "RestartSec=15s",
    "TimeoutStartSec=900",
    "",
    "[Install]",
    "WantedBy=multi-user.target",
  ]);
}
