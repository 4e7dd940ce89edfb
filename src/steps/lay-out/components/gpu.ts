import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { containerSecurity, folder, labels, resources } from "../tree.ts";
import { closed } from "./closed.ts";

/** The device plugin that makes a GPU known to the scheduler. */
export function gpu(context: LayOutContext): File[] {
  const name = "nvidia-device-plugin";
  const namespace = "edge-devices";
  const onK3s = context.decisions.distribution.choice === "k3s";
  return folder(context, "base/accelerator", {
    purpose:
      "Makes the node's GPU known to the scheduler; driver and container toolkit come with the OS image.",
    files: {
      "namespace.yaml": {
        documents: [
          {
            apiVersion: "v1",
            kind: "Namespace",
            metadata: {
              name: namespace,
              labels: { ...labels(name), "pod-security.kubernetes.io/enforce": "privileged" },
            },
          },
          ...closed(namespace, name),
        ],
        purpose: "Where node agents run; nothing may talk but the resolver.",
      },
      "device-plugin.yaml": {
        comment: [
          "NVIDIA's device plugin in a namespace of its own.",
          "edgewright:ignore PSA-07 the kubelet finds device plugins only by their socket in this one folder",
        ].join("\n"),
        documents: [
          {
            apiVersion: "apps/v1",
            kind: "DaemonSet",
            metadata: { name, namespace, labels: labels(name) },
            spec: {
              selector: { matchLabels: { "app.kubernetes.io/name": name } },
              template: {
                metadata: { labels: labels(name) },
                spec: {
                  ...(onK3s && { runtimeClassName: "nvidia" }),
                  automountServiceAccountToken: false,
                  enableServiceLinks: false,
                  priorityClassName: "system-node-critical",
                  securityContext: { seccompProfile: { type: "RuntimeDefault" } },
                  containers: [
                    {
                      name,
                      image: context.images[name]!.image,
                      imagePullPolicy: "IfNotPresent",
                      resources: resources({ requestMiB: 32, limitMiB: 96, cpu: "10m" }),
                      securityContext: containerSecurity,
                      volumeMounts: [{ name: "kubelet", mountPath: "/var/lib/kubelet/device-plugins" }],
                    },
                  ],
                  volumes: [{ name: "kubelet", hostPath: { path: "/var/lib/kubelet/device-plugins" } }],
                },
              },
            },
          },
        ],
        purpose: "NVIDIA's device plugin in a namespace of its own; it needs the kubelet's socket folder.",
      },
    },
  });
}
