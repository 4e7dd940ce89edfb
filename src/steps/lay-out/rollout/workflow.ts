import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { hasCluster } from "../sizes.ts";
import { yamlFile } from "../tree.ts";

// Tags here; pin each to its commit before first use. The comment in the file says how.
const actions = {
  checkout: "actions/checkout@v5",
  crane: "imjasonh/setup-crane@v0.4",
  cosign: "sigstore/cosign-installer@v4.1.2",
  helm: "azure/setup-helm@v4",
  flux: "fluxcd/flux2/action@v2.9.4",
  oras: "oras-project/setup-oras@v1",
  qemu: "docker/setup-qemu-action@v3",
  login: "docker/login-action@v3",
} as const;

/** The CI that checks every change and, where sites pull from a registry, builds, signs and pushes. */
export function workflow(context: LayOutContext): File {
  const { delivery, gitops, templating, rollout: decided } = context.decisions;
  const first = decided.params.rings[0]!.name;
  const cluster = hasCluster(context);
  const chart = cluster && templating.choice === "helm";
  const releases = context.decisions.upgrades.choice === "kairos-nodeop";
  const pushes = delivery.choice !== "git" || (chart && gitops.choice !== "none");
  const [host] = context.hosts.registry.split("/");
  const setup = [
    { uses: actions.crane },
    { uses: actions.cosign },
    ...(chart ? [{ uses: actions.helm }] : []),
    ...(delivery.choice === "oci" && gitops.choice === "flux" ? [{ uses: actions.flux }] : []),
    ...(delivery.choice === "image" || gitops.choice === "argocd" ? [{ uses: actions.oras }] : []),
    {
      uses: actions.login,
      with: {
        registry: host,
        username: "${{ secrets.REGISTRY_USER }}",
        password: "${{ secrets.REGISTRY_PASSWORD }}",
      },
    },
  ];
  const document = {
    name: "publish",
    on: { push: { branches: ["main"], ...(releases && { tags: ["image-*"] }) }, pull_request: {} },
    permissions: { contents: "read" },
    concurrency: { group: "publish-${{ github.ref }}", "cancel-in-progress": false },
    env: { REGISTRY: context.hosts.registry },
    jobs: {
      check: {
        "runs-on": "ubuntu-24.04",
        steps: [
          { uses: actions.checkout },
          { name: "Build every set and exception", run: "bash scripts/check.sh\n" },
          ...(chart
            ? [
                { uses: actions.helm },
                { name: "Check the chart", run: "helm lint charts/edge-app --strict\n" },
              ]
            : []),
        ],
      },
      ...(pushes && {
        publish: {
          needs: "check",
          if: "github.ref == 'refs/heads/main' && github.event_name == 'push'",
          "runs-on": "ubuntu-24.04",
          // id-token: the signature is bound to this workflow, there is no signing key to steal.
          permissions: { contents: "read", "id-token": "write" },
          steps: [
            { uses: actions.checkout },
            ...setup,
            ...(delivery.choice === "image" ? foreign(context) : []),
            ...(chart ? [{ name: "Push and sign the chart", run: pushChart() }] : []),
            ...(delivery.choice === "oci"
              ? [
                  { name: "Render every set", run: render(context) },
                  {
                    name: `Push, sign and hand to ring ${first}`,
                    run: gitops.choice === "flux" ? pushFlux(first) : pushOras(first),
                  },
                ]
              : []),
            ...(delivery.choice === "image"
              ? [
                  {
                    name: `Build, push and sign device images for ring ${first}`,
                    env: buildSettings(context),
                    run: pushImages(context, first),
                  },
                ]
              : []),
          ],
        },
      }),
      ...(releases && {
        "device-images": {
          needs: "check",
          if: "startsWith(github.ref, 'refs/tags/image-')",
          "runs-on": "ubuntu-24.04",
          permissions: { contents: "read", "id-token": "write" },
          steps: [
            { uses: actions.checkout },
            ...setup,
            ...foreign(context),
            {
              name: "Build, push and sign the device images of this release",
              env: buildSettings(context),
              run: releaseImages(context),
            },
          ],
        },
      }),
    },
  };
  return yamlFile(context, ".github/workflows/publish.yaml", {
    documents: document,
    purpose: pushes
      ? "Renders, checks, pins, pushes and signs; the only thing that writes to the registry."
      : "Renders and checks every set; sites pull this repository themselves.",
    comment: [
      pushes
        ? "Renders, checks, pins, pushes and signs; the only thing that writes to the registry."
        : "Renders and checks every set; sites pull this repository themselves.",
      "Before first use pin each action to the commit of its tag:",
      "  git ls-remote https://github.com/OWNER/ACTION refs/tags/TAG   then  uses: OWNER/ACTION@COMMIT # TAG",
    ].join("\n"),
  });
}

/** Runners are amd64: images of other machines are built under emulation. */
function foreign({ devices }: LayOutContext) {
  return devices.some(({ deviceType }) => deviceType.arch !== "amd64") ? [{ uses: actions.qemu }] : [];
}

/** Variables of the repository that scripts/build-image.sh and scripts/vendor-distro.sh ask for. */
function buildSettings(context: LayOutContext): Record<string, string> {
  return Object.fromEntries(buildVariables(context).map((name) => [name, `\${{ vars.${name} }}`]));
}

/** Their names, for the runbook: the builder's base by digest, and a shim nobody releases under a stable name. */
export function buildVariables({ decisions, devices }: LayOutContext): string[] {
  const arches = [...new Set(devices.map(({ deviceType }) => deviceType.arch))].sort();
  const { choice } = decisions.os;
  return [
    ...(choice === "kairos" ? arches.map((arch) => `BASE_IMAGE_${arch}`) : []),
    ...(choice === "sl-micro" ? ["EIB_IMAGE"] : []),
    ...(["wasmtime", "wasmedge"].includes(decisions.wasm.choice) ? ["SHIM_URL", "SHIM_SHA256"] : []),
  ];
}

/** Everything device images carry, fetched once an architecture. */
function vendor({ decisions, devices, answers }: LayOutContext): string[] {
  const arches = [
    ...new Set(devices.map(({ deviceType: { arch } }) => (arch === "armv7" ? "arm" : arch))),
  ].sort();
  const offline = answers.network === "air-gapped" || decisions.registry.choice === "baked";
  const engine = decisions.gitops.choice === "none" ? "vendor-images" : "vendor-engine";
  return [
    `for arch in ${arches.join(" ")}; do`,
    ...(decisions.distribution.choice === "none" ? [] : ['  bash scripts/vendor-distro.sh "$arch"']),
    ...(offline ? [`  bash scripts/${engine}.sh "$arch"`] : []),
    "done",
  ];
}

function script(lines: string[]): string {
  return `${["set -euo pipefail", ...lines].join("\n")}\n`;
}

function render(context: LayOutContext): string {
  const { secrets, gitops } = context.decisions;
  const stages = secrets.choice === "external-secrets" && gitops.choice === "flux";
  const carried = context.answers.network === "air-gapped" || context.decisions.registry.choice === "baked";
  return script([
    "for target in sets/*/ clusters/*/; do",
    '  mkdir -p "out/$target"',
    '  kubectl kustomize "$target" > "out/$target/manifests.yaml"',
    "  # Only what is listed here is applied from an artifact.",
    '  printf "apiVersion: kustomize.config.k8s.io/v1beta1\\nkind: Kustomization\\nresources: [manifests.yaml]\\n" > "out/$target/kustomization.yaml"',
    ...(stages ? ['  cp -r stores "out/$target/stores"'] : []),
    "done",
    ...(carried
      ? ["# Tags stay: devices carry their images by tag, and a digest nobody carries could not be started."]
      : [
          "while read -r image; do",
          '  digest="$(crane digest "$image")"',
          "  # The whole value, so that a tag that begins like another is left alone.",
          '  sed -i "s|image: $image\\$|image: $image@$digest|" out/*/*/manifests.yaml',
          "done < images.txt",
        ]),
  ]);
}

function pushFlux(ring: string): string {
  return script([
    "for target in sets/*/ clusters/*/; do",
    '  artifact="$REGISTRY/${target%/}"',
    '  flux push artifact "oci://$artifact:$GITHUB_SHA" --path "out/$target" \\',
    '    --source "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" --revision "main@sha1:$GITHUB_SHA"',
    '  digest="$(crane digest "$artifact:$GITHUB_SHA")"',
    '  cosign sign --yes "$artifact@$digest"',
    `  crane tag "$artifact@$digest" ${ring}`,
    "done",
  ]);
}

function pushOras(ring: string): string {
  return script([
    "for target in sets/*/ clusters/*/; do",
    '  artifact="$REGISTRY/${target%/}"',
    '  tar -C "out/$target" --sort=name --mtime=@0 --owner=0 --group=0 -czf set.tar.gz .',
    '  oras push "$artifact:$GITHUB_SHA" set.tar.gz:application/vnd.oci.image.layer.v1.tar+gzip',
    '  digest="$(crane digest "$artifact:$GITHUB_SHA")"',
    '  cosign sign --yes "$artifact@$digest"',
    `  crane tag "$artifact@$digest" ${ring}`,
    "done",
  ]);
}

function pushChart(): string {
  return script([
    "helm package charts/edge-app --destination out-charts",
    'helm push out-charts/edge-app-*.tgz "oci://$REGISTRY/charts" 2>&1 | tee push.log',
    'digest="$(sed -n "s/^Digest: //p" push.log)"',
    'cosign sign --yes "$REGISTRY/charts/edge-app@$digest"',
  ]);
}

/** Systems that take their updates from their vendor: CI builds what is installed once. */
const vendorUpdated: readonly string[] = ["sl-micro", "flatcar", "ubuntu-core"];

function pushImages(context: LayOutContext, ring: string): string {
  const os = context.decisions.os.choice;
  if (vendorUpdated.includes(os)) {
    return script([
      ...vendor(context),
      "for device in image/*/; do",
      '  bash scripts/build-image.sh "$(basename "$device")" local',
      "done",
    ]);
  }
  const build =
    os === "kairos"
      ? ['  bash scripts/build-image.sh "$name" "$artifact:$GITHUB_SHA"']
      : [
          '  bash scripts/build-image.sh "$name" local',
          "  # Your own step packs build/$name into a RAUC bundle signed with your key: https://rauc.readthedocs.io",
          '  test -f "build/$name/update.raucb"',
          '  (cd "build/$name" && oras push "$artifact:$GITHUB_SHA" update.raucb:application/octet-stream)',
        ];
  return script([
    ...vendor(context),
    "for device in image/*/; do",
    '  name="$(basename "$device")"',
    '  artifact="$REGISTRY/images/$name"',
    ...build,
    '  digest="$(crane digest "$artifact:$GITHUB_SHA")"',
    '  cosign sign --yes "$artifact@$digest"',
    `  crane tag "$artifact@$digest" ${ring}`,
    "done",
  ]);
}

/** Device images that the cluster asks for by release (base/upgrades): built from a tag image-1.2.3. */
function sign(indent: string): string {
  return `${indent}cosign sign --yes "$artifact@$(crane digest "$artifact:$release")"`;
}

function releaseImages(context: LayOutContext): string {
  return script([
    ...vendor(context),
    'release="${GITHUB_REF_NAME#image-}"',
    "for device in image/*/; do",
    '  name="$(basename "$device")"',
    ...(context.decisions.topology.choice === "single"
      ? [
          '  artifact="$REGISTRY/images/$name"',
          '  bash scripts/build-image.sh "$name" "$artifact:$release"',
          sign("  "),
        ]
      : [
          "  # Each role of a site has an image of its own.",
          '  for role in "" server-join agent; do',
          '    if [ -n "$role" ] && [ ! -d "nodes/$name/$role" ]; then continue; fi',
          '    artifact="$REGISTRY/images/$name${role:+-$role}"',
          '    bash scripts/build-image.sh "$name" "$artifact:$release" "$role"',
          sign("    "),
          "  done",
        ]),
    "done",
  ]);
}
