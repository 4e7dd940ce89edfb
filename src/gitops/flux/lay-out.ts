import { readme, renderScript, rings, setOf, vendorScript } from "#model/bootstrap.ts";
import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { lines } from "#model/upkeep.ts";
import { controllersFor, usesCharts } from "./budget.ts";
import { appSpace, chartValues, installer, instance, namespace, offline, space } from "./engine.ts";
import { identity, kustomization, secretNames, source } from "./sync.ts";

/** What goes into the device image so that a site starts to pull by itself, and the script that makes it this site's. */
export function layOut(context: LayOutContext): File[] {
  const files = context.devices.flatMap(({ slug }) => bootstrap(context, slug));
  const chart = context.charts["flux-operator"]!;
  return [
    ...files,
    renderScript(context, {
      engine: "flux",
      namespace,
      patches: [
        {
          kind: context.decisions.delivery.choice === "git" ? "GitRepository" : "OCIRepository",
          name: "fleet",
        },
        { kind: "Kustomization", name: "fleet" },
      ],
      secretNames: names(context),
    }),
    ...(offline(context) ? [vendorScript(context, { chart, imageKeys: imageKeys(context) })] : []),
  ];
}

function names({ decisions }: LayOutContext): string[] {
  return decisions.secrets.choice === "sops" ? [secretNames.read, secretNames.age] : [secretNames.read];
}

function imageKeys({ decisions }: LayOutContext): string[] {
  return [
    "flux-operator",
    ...controllersFor({ charts: usesCharts(decisions) }).map((name) => `flux-${name}`),
  ];
}

function bootstrap(context: LayOutContext, device: string): File[] {
  const { yaml, regions, decisions } = context;
  const dir = `bootstrap/${device}`;
  const ring = rings(context).at(-1)!;
  const region = regions[0]!;
  const set = setOf(region, device);
  const install = installer(context);
  const sync = `${dir}/sync`;
  const files: File[] = [
    {
      path: `${dir}/engine.yaml`,
      content: yaml(
        [
          space(),
          ...(context.decisions.templating.choice === "helm" ? [appSpace()] : []),
          ...(install ? [install] : []),
        ],
        "Copied into the device as it is: the engine.",
      ),
      purpose: `Installs Flux on ${device}.`,
    },
    {
      path: `${sync}/kustomization.yaml`,
      content: yaml({
        apiVersion: "kustomize.config.k8s.io/v1beta1",
        kind: "Kustomization",
        resources: ["identity.yaml", "instance.yaml", "sync.yaml"],
      }),
      purpose: "What scripts/render-bootstrap.sh makes a site's own.",
    },
    {
      path: `${sync}/instance.yaml`,
      content: yaml(
        instance(context),
        `Flux ${decisions.gitops.params.version}, only the controllers a site needs.`,
      ),
      purpose: "Which Flux controllers run, with what memory.",
    },
    {
      path: `${sync}/sync.yaml`,
      content: yaml([source(context, { set, ring }), kustomization(context, set)], syncComment),
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
    readme(context, device, { engine: "Flux", namespace, secretNames: names(context) }),
  ];
  if (decisions.distribution.choice === "microk8s") files.push(script(context, dir));
  return files;
}

const syncComment = [
  "Pull only. Ring and set are the last ring's and the first region's until provisioning writes the site's own.",
  "The Secrets named here are written on the device at provisioning; this repository holds none.",
].join("\n");

/** MicroK8s applies no charts by itself: the same chart, by its own helm. */
function script(context: LayOutContext, dir: string): File {
  const { chart, repository, version } = context.charts["flux-operator"]!;
  const from = offline(context)
    ? `/usr/share/edge/charts/${chart}-${version}.tgz`
    : `${repository}/${chart} --version ${version}`;
  return {
    path: `${dir}/engine.sh`,
    content: lines([
      "#!/bin/sh",
      "set -eu",
      `microk8s helm3 upgrade --install ${chart} ${from} \\`,
      `  --namespace ${namespace} --create-namespace --wait --timeout 15m --values - <<'EOF'`,
      ...context.yaml(chartValues()).trimEnd().split("\n"),
      "EOF",
    ]),
    purpose: "Installs the Flux Operator with MicroK8s's own helm.",
  };
}
