import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { containerSecurity, folder, labels, namespaces, podSecurity, resources } from "../tree.ts";

/** RuntimeClasses that K3s applies by itself unless `runtimes` is disabled; one of ours of the same name would fight with it. */
const bundledByK3s: readonly string[] = [
  "crun",
  "lunatic",
  "slight",
  "spin",
  "wws",
  "wasmedge",
  "wasmer",
  "wasmtime",
];

/** RuntimeClass and sample of the WebAssembly runtime that was decided. */
export function wasm(context: LayOutContext): File[] {
  const { choice, params } = context.decisions.wasm;
  const name = params.runtimeClass ?? choice;
  const onK3s = context.decisions.distribution.choice === "k3s";
  // Node configuration leaves the packaged classes on where an accelerator needs them.
  const bundled = onK3s && context.answers.accelerator !== "none" && bundledByK3s.includes(name);
  const app = "wasm-sample";
  const image = context.images[choice === "spin" ? app : "wasm-demo"]!.image;
  return folder(context, "base/wasm", {
    purpose: `WebAssembly with ${choice}: the shim comes with the OS image, this is what refers to it.`,
    files: {
      ...(bundled
        ? {}
        : {
            "runtime-class.yaml": {
              documents: [
                {
                  apiVersion: "node.k8s.io/v1",
                  kind: "RuntimeClass",
                  metadata: { name, labels: labels(app) },
                  handler: params.handler ?? choice,
                  scheduling: { nodeSelector: { "edge.example.com/wasm": choice } },
                },
              ],
              purpose:
                "Name and handler of the shim; without the shim in the image a pod stays in ContainerCreating.",
            },
          }),
      "sample.yaml": {
        documents: [
          {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata: { name: app, namespace: namespaces.apps, labels: labels(app) },
            spec: {
              // Switched off until the shim was seen on a device of the first ring.
              replicas: 0,
              revisionHistoryLimit: 2,
              selector: { matchLabels: { "app.kubernetes.io/name": app } },
              template: {
                metadata: { labels: labels(app) },
                spec: {
                  runtimeClassName: name,
                  automountServiceAccountToken: false,
                  enableServiceLinks: false,
                  securityContext: podSecurity(65532),
                  containers: [
                    {
                      name: app,
                      image,
                      imagePullPolicy: "IfNotPresent",
                      // A Spin app has no entry point of its own; the demo of runwasi brings one.
                      ...(choice === "spin" && { command: ["/"] }),
                      resources: resources({ requestMiB: 32, limitMiB: 128, cpu: "10m" }),
                      securityContext: containerSecurity,
                    },
                  ],
                },
              },
            },
          },
        ],
        purpose: `A sample module on the runtime class ${name}; raise its replicas once the shim is there.`,
      },
    },
  });
}
