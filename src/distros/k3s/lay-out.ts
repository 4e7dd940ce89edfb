import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { lines, upkeep } from "#model/upkeep.ts";
import { backup } from "./backup.ts";
import { kubeVip } from "./kube-vip.ts";
import { nodeConfig, type Role, rolesOf } from "./node.ts";
import { registries } from "./registries.ts";
import { upgrades } from "./upgrades.ts";

/** Where the files of a role lie; the first server is the device itself. */
const folder: Record<Role, string> = { server: "", join: "/server-join", agent: "/agent" };
const what: Record<Role, string> = {
  server: "K3s server",
  join: "K3s servers that join the first one",
  agent: "K3s agents of a site",
};

/** Node configuration of every device type and role, and the plans that upgrade them. */
export function layOut(context: LayOutContext): File[] {
  const files = context.devices.flatMap((device) =>
    rolesOf(context).flatMap((role) => nodeFiles(context, device, role)),
  );
  const byPlan = context.decisions.upgrades.choice === "system-upgrade-controller";
  return byPlan ? [...files, ...upgrades(context)] : files;
}

function nodeFiles(context: LayOutContext, device: LayOutContext["devices"][number], role: Role): File[] {
  const { decisions, yaml } = context;
  const dir = `nodes/${device.slug}${folder[role]}`;
  const mirrors = registries(context);
  const unit = role === "agent" ? "k3s-agent" : "k3s";
  const files: File[] = [
    {
      path: `${dir}/etc/rancher/k3s/config.yaml`,
      content: yaml(nodeConfig(context, device, role), comment(context, role)),
      purpose: `Configuration of the ${what[role]} on ${device.slug}.`,
    },
    ...(mirrors
      ? [
          {
            path: `${dir}/etc/rancher/k3s/registries.yaml`,
            content: yaml(mirrors, "Where containerd asks for images; read at service start."),
            purpose: "Registry mirrors of containerd.",
          },
        ]
      : []),
    ...upkeep({
      dir,
      distribution: "k3s",
      unit,
      ready:
        role === "agent"
          ? "curl -fsS --max-time 20 http://127.0.0.1:10248/healthz"
          : "k3s kubectl get --raw /readyz --request-timeout=20s",
      restart: `systemctl restart ${unit}`,
      restartAfterDays: renewAfterDays(decisions.upgrades.params.restartWithinDays),
    }),
  ];
  if (role === "server") files.push(...backup(context, dir));
  if (role === "server" && decisions.topology.params.vip === "kube-vip") {
    files.push({
      path: `${dir}/var/lib/rancher/k3s/server/manifests/kube-vip.yaml`,
      content: kubeVip(context),
      purpose: "Virtual address of the control plane, inside the site only.",
    });
  }
  if (decisions.datastore.choice === "external" && role === "server") files.push(external(dir));
  return files;
}

// A month before the limit, so that a device that was off for weeks still meets it.
function renewAfterDays(limit: number): number {
  return Math.max(1, Math.min(90, limit - 30));
}

function comment({ decisions }: LayOutContext, role: Role): string {
  return [
    `K3s ${decisions.distribution.params.version}, ${what[role]}. Datastore: ${decisions.datastore.choice}.`,
    "Tokens are files that provisioning writes per site; none is in this repository.",
  ].join("\n");
}

function external(dir: string): File {
  return {
    path: `${dir}/etc/systemd/system/k3s.service.d/10-datastore.conf`,
    content: lines([
      "# K3S_DATASTORE_ENDPOINT holds a password: provisioning writes it, mode 0600.",
      "[Service]",
      "EnvironmentFile=/etc/edge/datastore.env",
    ]),
    purpose: "Takes the address of the external datastore from a file written at provisioning.",
  };
}
