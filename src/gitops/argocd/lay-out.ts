import { readme, renderScript, rings, setOf, vendorScript } from "#model/bootstrap.ts";
import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { lines } from "#model/upkeep.ts";
import { chartValues, installer, namespace, offline, space } from "./engine.ts";
import { application, project, secretNames } from "./sync.ts";

/** What goes into the device image so that a site starts to pull by itself, and the script that makes it this site's. */
export function layOut(context: LayOutContext): File[] {
  const chart = context.charts["argo-cd"]!;
  return [
    ...context.devices.flatMap(({ slug }) => bootstrap(context, slug)),
    renderScript(context, {
      engine: "argocd",
      namespace,
      patches: [{ kind: "Application", name: "fleet" }],
      secretNames,
    }),
    ...(offline(context) ? [vendorScript(context, { chart, imageKeys: ["argocd", "argocd-redis"] })] : []),
  ];
}

function bootstrap(context: LayOutContext, device: string): File[] {
  const { yaml, regions, decisions } = context;
  const dir = `bootstrap/${device}`;
  const sync = `${dir}/sync`;
  const ring = rings(context).at(-1)!;
  const region = regions[0]!;
  const install = installer(context);
  const files: File[] = [
    {
      path: `${dir}/engine.yaml`,
      content: yaml(install ? [space(), install] : [space()], "Copied into the device as it is: the engine."),
      purpose: `Installs Argo CD core on ${device}.`,
    },
    {
      path: `${sync}/kustomization.yaml`,
      content: yaml({
        apiVersion: "kustomize.config.k8s.io/v1beta1",
        kind: "Kustomization",
        resources: ["application.yaml", "identity.yaml", "project.yaml"],
      }),
      purpose: "What scripts/render-bootstrap.sh makes a site's own.",
    },
    {
      path: `${sync}/project.yaml`,
      content: yaml(project(context), "One repository, this cluster, named kinds."),
      purpose: "What the fleet's Application may use and touch.",
    },
    {
      path: `${sync}/application.yaml`,
      content: yaml(
        application(context, { set: setOf(region, device), ring }),
        "Pull only. Ring and set are the last ring's and the first region's until provisioning writes the site's own.",
      ),
      purpose: "Where the site pulls its desired state from.",
    },
    {
      path: `${sync}/identity.yaml`,
      content: yaml(
        identity({ region, device, ring }),
        "A template: provisioning writes the site's own values.",
      ),
      purpose: "What a site knows of itself.",
    },
    readme(context, device, { engine: "Argo CD", namespace, secretNames }),
  ];
  if (decisions.distribution.choice === "microk8s") files.push(script(context, dir));
  return files;
}

function identity({ region, device, ring }: Record<"region" | "device" | "ring", string>) {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "cluster-identity", namespace },
    data: { site_id: "site-00001", region, device_type: device, ring },
  };
}

/** MicroK8s applies no charts by itself: the same chart, by its own helm. */
function script(context: LayOutContext, dir: string): File {
  const { chart, repository, version } = context.charts["argo-cd"]!;
  const from = offline(context)
    ? `/usr/share/edge/charts/${chart}-${version}.tgz`
    : `${chart} --repo ${repository} --version ${version}`;
  return {
    path: `${dir}/engine.sh`,
    content: lines([
      "#!/bin/sh",
      "set -eu",
      `microk8s helm3 upgrade --install ${chart} ${from} \\`,
      `  --namespace ${namespace} --create-namespace --wait --timeout 15m --values - <<'EOF'`,
      ...context.yaml(chartValues(context)).trimEnd().split("\n"),
      "EOF",
    ]),
    purpose: "Installs Argo CD core with MicroK8s's own helm.",
  };
}
