import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { upkeep } from "#model/upkeep.ts";
import { backup, bootstrap, containerd, install } from "./host.ts";
import { clusterConfig, type Role, rolesOf } from "./node.ts";
import { autopilot } from "./upgrades.ts";

/** Node configuration of every device type and role, and the plan that upgrades them. */
export function layOut(context: LayOutContext): File[] {
  const files = context.devices.flatMap((device) =>
    rolesOf(context).flatMap((role) => nodeFiles(context, device, role)),
  );
  return context.decisions.upgrades.choice === "autopilot" ? [...files, ...autopilot(context)] : files;
}

function nodeFiles(context: LayOutContext, device: LayOutContext["devices"][number], role: Role): File[] {
  const { decisions, yaml } = context;
  const dir = role === "worker" ? `nodes/${device.slug}/agent` : `nodes/${device.slug}`;
  const unit = role === "worker" ? "k0sworker" : "k0scontroller";
  const common = [
    ...install(context, device, { dir, role }),
    ...containerd(context, dir),
    ...upkeep({
      dir,
      distribution: "k0s",
      unit,
      ready:
        role === "worker"
          ? "curl -fsS --max-time 20 http://127.0.0.1:10248/healthz"
          : "k0s kubectl get --raw /readyz --request-timeout=20s",
      restart: `systemctl restart ${unit}`,
      restartAfterDays: Math.max(1, Math.min(90, decisions.upgrades.params.restartWithinDays - 30)),
    }),
  ];
  if (role === "worker") return common;
  return [
    {
      path: `${dir}/etc/k0s/k0s.yaml`,
      content: yaml(
        clusterConfig(context, device),
        `k0s ${decisions.distribution.params.version}. Datastore: ${decisions.datastore.choice}. Unknown fields stop k0s.`,
      ),
      purpose: `Configuration of the k0s controller on ${device.slug}.`,
    },
    ...common,
    ...bootstrap(context, dir),
    ...backup(context, dir),
  ];
}
