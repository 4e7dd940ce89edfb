import { manifestDir } from "#model/bootstrap.ts";
import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { hasCluster } from "./sizes.ts";
import { namespaces, textFile, yamlFile } from "./tree.ts";

/** What the rings hold, how a change moves from one to the next, and the CI that builds and signs. */
export function rollout(context: LayOutContext): File[] {
  return [rings(context), promote(context), workflow(context), check(context), newSite(context)];
}

function rings(context: LayOutContext): File {
  const { rollout: decided, delivery } = context.decisions;
  const reference = {
    oci: "tag of the artifact of each set",
    git: "branch ring/<name> of this repository",
    image: "tag of the device image",
  }[delivery.choice as "oci" | "git" | "image"];
  return yamlFile(context, "rings.yaml", {
    documents: {
      sites: context.answers.sites,
      movedBy: "scripts/promote.sh",
      reference,
      stopWhen: "EdgeRegionSilent fires, or more than 2 percent of a ring do not report within the soak time",
      rings: decided.params.rings.map(({ name, percent, sites, soakHours }) => ({
        name,
        percent,
        sitesReached: sites,
        soakHours,
      })),
    },
    purpose: "Rings a change passes, how many sites each reaches, and how long it must stay well there.",
  });
}

function promote(context: LayOutContext): File {
  const { delivery, rollout: decided } = context.decisions;
  const order = decided.params.rings.map(({ name }) => name).join(" ");
  const git = delivery.choice === "git";
  const head = [
    "#!/usr/bin/env bash",
    "# Moves what one ring runs to the next ring: the next ring gets exactly what was proven, nothing newer.",
    `# Rings in order: ${order}. Soak times are in rings.yaml; this script asks you, it does not wait for you.`,
    git
      ? "# Usage: scripts/promote.sh FROM TO    or, to start a change: scripts/promote.sh main TO"
      : "# Usage: scripts/promote.sh FROM TO [NAME...]   without names: all of them. Needs crane and cosign.",
    "set -euo pipefail",
    'cd "$(dirname "$0")/.."',
    'from="$1"',
    'to="$2"',
  ];
  const ask = [
    'read -r -p "Has $from been well for its soak time? Type its name: " answer',
    '[ "$answer" = "$from" ]',
  ];
  const steps = git
    ? [
        "git fetch origin",
        '[ "$from" = main ] || from="ring/$from"',
        'commit="$(git rev-parse "origin/$from")"',
        'echo "ring/$to moves to $commit, which is $from." >&2',
        ...ask,
        "# Never forced: back is a revert on main, promoted like any change.",
        'git push origin "$commit:refs/heads/ring/$to"',
      ]
    : [
        `registry="\${REGISTRY:-${context.hosts.registry}}"`,
        `signer="\${SIGNER:-https://github.com/example/fleet/.github/workflows/publish.yaml@refs/heads/main}"`,
        "shift 2",
        delivery.choice === "oci"
          ? '[ "$#" -gt 0 ] || set -- $(ls -d sets/*/ | sed "s|/$||")'
          : '[ "$#" -gt 0 ] || set -- $(ls -d image/*/ | sed "s|^image/|images/|; s|/$||")',
        ...ask,
        'for name in "$@"; do',
        '  digest="$(crane digest "$registry/$name:$from")"',
        '  cosign verify --certificate-identity "$signer" \\',
        '    --certificate-oidc-issuer https://token.actions.githubusercontent.com "$registry/$name@$digest" > /dev/null',
        '  crane tag "$registry/$name@$digest" "$to"',
        '  echo "$name:$to is now $digest" >&2',
        "done",
      ];
  return textFile(
    "scripts/promote.sh",
    [...head, ...steps],
    git
      ? "Moves the branch of the next ring to a proven commit."
      : "Retags by digest, after checking the signature.",
  );
}

function check(context: LayOutContext): File {
  const lines = hasCluster(context)
    ? [
        "#!/usr/bin/env bash",
        "# Builds every set and every exception the way CI does. Needs kubectl; changes nothing.",
        "set -euo pipefail",
        'cd "$(dirname "$0")/.."',
        "for target in sets/*/ clusters/*/; do",
        '  kubectl kustomize "$target" > /dev/null',
        '  echo "built: $target"',
        "done",
      ]
    : [
        "#!/usr/bin/env bash",
        "# There is no cluster to build manifests for: checks that no file of the images is empty.",
        "set -euo pipefail",
        'cd "$(dirname "$0")/.."',
        'test -z "$(find image -type f -empty)"',
        'echo "image configuration is complete"',
      ];
  return textFile("scripts/check.sh", lines, "Checks this repository on your machine as CI does.");
}

// Tags here; pin each to its commit before first use. The comment in the file says how.
const actions = {
  checkout: "actions/checkout@v5",
  crane: "imjasonh/setup-crane@v0.4",
  cosign: "sigstore/cosign-installer@v4.1.2",
  helm: "azure/setup-helm@v4",
  flux: "fluxcd/flux2/action@v2.9.4",
  oras: "oras-project/setup-oras@v1",
  login: "docker/login-action@v3",
} as const;

function workflow(context: LayOutContext): File {
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
            ...(chart ? [{ name: "Push and sign the chart", run: pushChart() }] : []),
            ...(delivery.choice === "oci"
              ? [
                  { name: "Render every set, images pinned by digest", run: render(context) },
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
            { name: "Build, push and sign the device images of this release", run: releaseImages() },
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

function script(lines: string[]): string {
  return `${["set -euo pipefail", ...lines].join("\n")}\n`;
}

function render(context: LayOutContext): string {
  const { secrets, gitops } = context.decisions;
  const stages = secrets.choice === "external-secrets" && gitops.choice === "flux";
  return script([
    "for target in sets/*/ clusters/*/; do",
    '  mkdir -p "out/$target"',
    '  kubectl kustomize "$target" > "out/$target/manifests.yaml"',
    "  # Only what is listed here is applied from an artifact.",
    '  printf "apiVersion: kustomize.config.k8s.io/v1beta1\\nkind: Kustomization\\nresources: [manifests.yaml]\\n" > "out/$target/kustomization.yaml"',
    ...(stages ? ['  cp -r stores "out/$target/stores"'] : []),
    "done",
    "while read -r image; do",
    '  digest="$(crane digest "$image")"',
    "  # The whole value, so that a tag that begins like another is left alone.",
    '  sed -i "s|image: $image\\$|image: $image@$digest|" out/*/*/manifests.yaml',
    "done < images.txt",
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

function pushImages({ decisions }: LayOutContext, ring: string): string {
  const os = decisions.os.choice;
  if (vendorUpdated.includes(os)) {
    return script([
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
function releaseImages(): string {
  return script([
    'release="${GITHUB_REF_NAME#image-}"',
    "for device in image/*/; do",
    '  artifact="$REGISTRY/images/$(basename "$device")"',
    '  bash scripts/build-image.sh "$(basename "$device")" "$artifact:$release"',
    '  cosign sign --yes "$artifact@$(crane digest "$artifact:$release")"',
    "done",
  ]);
}

function newSite(context: LayOutContext): File {
  const { gitops, secrets, rollout: decided } = context.decisions;
  const last = decided.params.rings.at(-1)!.name;
  const cluster = hasCluster(context);
  const identity = identityOf(gitops.choice);
  const seed = `seed${manifestDir(context)}`;
  const lines = [
    "#!/usr/bin/env bash",
    "# Prepares one new site on your machine: its identity and its own keys, in a folder outside this repository.",
    `# Usage: scripts/new-site.sh SITE REGION DEVICE [RING]   ring: ${last} unless said`,
    "set -euo pipefail",
    'site="$1"',
    'region="$2"',
    'device="$3"',
    `ring="\${4:-${last}}"`,
    '[[ "$site" =~ ^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$ ]] || { echo "A site id has lower case letters, digits and hyphens." >&2; exit 2; }',
    'here="$(cd "$(dirname "$0")/.." && pwd)"',
    cluster
      ? '[ -d "$here/sets/$region-$device" ] || { echo "No set $region-$device; see sets/." >&2; exit 2; }'
      : '[ -d "$here/image/$device" ] || { echo "No device type $device; see image/." >&2; exit 2; }',
    'out="${OUT:-$here/../sites}/$site"',
    "umask 077",
    'mkdir -p "$out/seed/etc/edge"',
    ...(gitops.choice === "none"
      ? [
          'printf "SITE_ID=%s\\nREGION=%s\\nRING=%s\\n" "$site" "$region" "$ring" > "$out/seed/etc/edge/site.env"',
        ]
      : [
          'sh "$here/scripts/render-bootstrap.sh" --device "$device" --region "$region" --ring "$ring" --site "$site" --out "$out/seed"',
        ]),
    ...(identity.length > 0
      ? [
          'cat > "$out/identity.yaml" <<EOF',
          ...identity,
          "EOF",
          `mkdir -p "$out/${seed}"`,
          `cp "$out/identity.yaml" "$out/${seed}/15-identity.yaml"`,
        ]
      : []),
    ...(gitops.choice !== "none" && context.decisions.delivery.choice === "git"
      ? [
          "# The site's own read-only key for the repository: revoke one site without touching the others.",
          '[ -f "$out/git_ed25519" ] || ssh-keygen -q -t ed25519 -N "" -C "$site" -f "$out/git_ed25519"',
          'echo "Register as a read-only deploy key: $out/git_ed25519.pub"',
        ]
      : []),
    ...(secrets.choice === "sops"
      ? [
          "# The site's own age key: only this site can read what is encrypted for it.",
          '[ -f "$out/age.agekey" ] || age-keygen -o "$out/age.agekey" 2> /dev/null',
          'echo "Add to .sops.yaml for region $region: $(age-keygen -y "$out/age.agekey")"',
        ]
      : []),
    'echo "Prepared in $out: carry the folder seed to the device, keep the keys out of this repository (README.md)."',
  ];
  return textFile("scripts/new-site.sh", lines, "Prepares the identity and the own keys of one new site.");
}

/** Flux fills the fleet's ConfigMaps in from its own; with Argo CD the device brings them along. */
function identityOf(engine: string): string[] {
  // Without an engine the device fills them in itself, from site.env.
  if (engine === "none") return [];
  const space = (name: string) => ["apiVersion: v1", "kind: Namespace", "metadata:", `  name: ${name}`];
  const map = (name: string, namespace: string) => [
    ...["apiVersion: v1", "kind: ConfigMap", "metadata:", `  name: ${name}`, `  namespace: ${namespace}`],
    ...(engine === "flux" ? ["  labels:", "    reconcile.fluxcd.io/watch: Enabled"] : []),
    ...["data:", '  site_id: "$site"'],
    ...(engine === "flux" ? ['  region: "$region"'] : []),
    '  ring: "$ring"',
  ];
  if (engine === "flux") return [...space("flux-system"), "---", ...map("cluster-identity", "flux-system")];
  const parts = Object.values(namespaces).flatMap((namespace) => [
    space(namespace),
    map("site-identity", namespace),
  ]);
  return parts.flatMap((lines, index) => (index > 0 ? ["---", ...lines] : lines));
}
