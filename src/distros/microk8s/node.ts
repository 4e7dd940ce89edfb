import { registryHosts } from "#model/bootstrap.ts";
import type { LayOutContext } from "#model/layout.ts";

/** The name under which nodes of a site find each other. */
export const controlPlane = "control-plane.site.internal";

type Device = LayOutContext["devices"][number];

/** MiB kept back from pods; the planning figures of the budget. */
const reserved = { system: 200, kube: 740 };

/** The launch configuration; unknown keys would only be warned about, so each one is in the catalogue. */
export function launchConfig(context: LayOutContext, device: Device): Record<string, unknown> {
  const { decisions } = context;
  const mirrors = registryConfigs(context);
  const secrets = decisions.encryption.params.secretsEncryption;
  return {
    version: "0.1.0",
    addons: [{ name: "dns" }, { name: "rbac" }, { name: "helm3" }, { name: "hostpath-storage" }],
    extraSANs: [controlPlane],
    extraKubeletArgs: kubelet(context, device),
    extraKubeAPIServerArgs: {
      "--event-ttl": "24h",
      "--request-timeout": "60s",
      ...(secrets && { "--encryption-provider-config": "/var/snap/microk8s/common/edge/encryption.yaml" }),
    },
    extraKubeControllerManagerArgs: { "--terminated-pod-gc-threshold": "50" },
    ...(mirrors && { containerdRegistryConfigs: mirrors }),
  };
}

function kubelet({ decisions }: LayOutContext, device: Device): Record<string, string> {
  const labels = [`edge.example.com/device-type=${device.slug}`];
  if (decisions.wasm.choice !== "none") labels.push(`edge.example.com/wasm=${decisions.wasm.choice}`);
  return {
    "--system-reserved": `cpu=100m,memory=${reserved.system}Mi`,
    "--kube-reserved": `cpu=200m,memory=${reserved.kube}Mi`,
    "--eviction-hard": "memory.available<100Mi,nodefs.available<10%,imagefs.available<10%",
    "--image-gc-high-threshold": "75",
    "--image-gc-low-threshold": "60",
    // Logs wear out flash: two files of 5 MiB a container.
    "--container-log-max-size": "5Mi",
    "--container-log-max-files": "2",
    "--node-labels": labels.join(","),
  };
}

function registryConfigs(context: LayOutContext): Record<string, string> | null {
  const { decisions, hosts } = context;
  const { choice } = decisions.registry;
  if (choice !== "regional-mirror" && choice !== "site-registry") return null;
  const endpoint =
    choice === "site-registry" ? "http://10.152.183.50:5000" : `https://${hosts.registry.split("/")[0]}`;
  const names = registryHosts(context);
  const toml = (name: string) =>
    [
      `server = "https://${name}"`,
      "",
      `[host."${endpoint}/v2/mirror/${name}"]`,
      '  capabilities = ["pull", "resolve"]',
      "  override_path = true",
      "",
    ].join("\n");
  return Object.fromEntries(names.map((name) => [name, toml(name)]));
}
