import type { Chart, LayOutContext } from "./layout.ts";
import type { File } from "./plan.ts";
import { lines, stateDir } from "./upkeep.ts";

/** Rings in the order in which they are reached; the last one is where a site is unless it was told otherwise. */
export function rings({ decisions }: LayOutContext): string[] {
  return decisions.rollout.params.rings.map(({ name }) => name);
}

/** Slug of the set that a region and a device type build. */
export function setOf(region: string, device: string): string {
  return `${region}-${device}`;
}

/** Where the rendered bootstrap of a site goes on the device: a folder that is applied until all of it holds. */
export function manifestDir({ decisions }: LayOutContext): string {
  const { choice } = decisions.distribution;
  if (choice === "k3s") return "/var/lib/rancher/k3s/server/manifests/edge";
  // MicroK8s has no such folder, and k0s gives up on its own after ten tries: a service of ours does not.
  return `${stateDir(choice)}/bootstrap`;
}

/** Where each distribution's own images come from, which no file of ours names. */
const ownRegistries = {
  k3s: ["docker.io"],
  k0s: ["quay.io", "registry.k8s.io"],
  microk8s: ["docker.io", "registry.k8s.io"],
  none: [],
} as const;

/** The public registries the images of a site come from, sorted: mirrors and caches stand in for each of them. */
export function registryHosts({ images, decisions }: LayOutContext): string[] {
  const named = Object.values(images).map(({ image }) => image.split("/")[0]!);
  return [...new Set([...named, ...ownRegistries[decisions.distribution.choice]])].sort();
}

/** The fleet repository by SSH: each site has a read-only deploy key of its own. */
export function gitUrl({ hosts }: LayOutContext): string {
  return hosts.git.replace(/^https:\/\//, "ssh://git@");
}

/** What a source follows for one ring: a branch of the repository, or a tag of the artifact. */
export function ringRef({ decisions }: LayOutContext, ring: string): string {
  return decisions.delivery.choice === "git" ? `ring/${ring}` : ring;
}

type Provision = {
  engine: "flux" | "argocd";
  namespace: string;
  /** Objects that carry the set and the ring. */
  patches: { kind: string; name: string }[];
  secretNames: readonly string[];
};

/** The script that turns a device type's bootstrap into the one of a site; it runs where devices are prepared. */
export function renderScript(
  context: LayOutContext,
  { engine, namespace, patches, secretNames }: Provision,
): File {
  const { hosts, devices, regions, decisions } = context;
  const oci = decisions.delivery.choice !== "git";
  const many = decisions.topology.choice !== "single";
  const where = manifestDir(context).slice(1);
  const operations = patches.flatMap((target) => [
    `  - target: { kind: ${target.kind}, name: ${target.name} }`,
    "    patch: |",
    ...operationsOf(engine, target.kind, { oci, registry: hosts.registry }).map((line) => `      ${line}`),
  ]);
  const content = [
    "#!/bin/sh",
    "# Writes what makes one device this site's: engine, sync objects with set and ring, identity, tokens.",
    "# usage: render-bootstrap.sh --device NAME --region NAME --ring NAME --site ID --out DIR",
    "# DIR is copied onto the device (seed disk, installer, factory); it must lie outside this repository.",
    "set -eu",
    "umask 077",
    'root=$(cd "$(dirname "$0")/.." && pwd)',
    "device= region= ring= site= out=",
    'while [ "$#" -gt 1 ]; do',
    '  case "$1" in',
    "    --device) device=$2 ;; --region) region=$2 ;; --ring) ring=$2 ;; --site) site=$2 ;; --out) out=$2 ;;",
    '    *) echo "render-bootstrap: unknown option $1" >&2; exit 2 ;;',
    "  esac",
    "  shift 2",
    "done",
    "one_of() {",
    '  for known in $3; do [ "$known" = "$2" ] && return 0; done',
    '  echo "render-bootstrap: no $1 \\"$2\\", pick one of: $3" >&2',
    "  exit 2",
    "}",
    `one_of device "$device" "${devices.map(({ slug }) => slug).join(" ")}"`,
    `one_of region "$region" "${regions.join(" ")}"`,
    `one_of ring "$ring" "${rings(context).join(" ")}"`,
    'echo "$site" | grep -Eq "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$" || { echo "render-bootstrap: --site needs lower case letters, digits and dashes" >&2; exit 2; }',
    '[ -n "$out" ] || { echo "render-bootstrap: --out is missing" >&2; exit 2; }',
    'mkdir -p "$out" && out=$(cd "$out" && pwd)',
    'case "$out/" in "$root"/*) echo "render-bootstrap: $out lies inside the repository" >&2; exit 2 ;; esac',
    `target="$out/${where}"`,
    `mkdir -p "$target" "$out/etc/edge"`,
    "work=$(mktemp -d)",
    `trap 'rm -rf "$work"' EXIT`,
    'cp -R "$root/bootstrap/$device/sync" "$work/sync"',
    'mkdir "$work/site"',
    'cat >"$work/site/kustomization.yaml" <<EOF',
    "apiVersion: kustomize.config.k8s.io/v1beta1",
    "kind: Kustomization",
    "resources: [../sync]",
    "patches:",
    ...operations,
    ...identityPatch(),
    "EOF",
    'kubectl kustomize "$work/site" >"$target/20-sync.yaml"',
    'cp "$root/bootstrap/$device/engine.yaml" "$target/10-engine.yaml"',
    'if [ -f "$root/bootstrap/$device/engine.sh" ]; then cp "$root/bootstrap/$device/engine.sh" "$target/"; fi',
    `printf 'SITE_ID=%s\\nREGION=%s\\nRING=%s\\n' "$site" "$region" "$ring" >"$out/etc/edge/site.env"`,
    ...(many ? tokens(context) : []),
    `echo "Written to $out. Still to be written onto the device, with credentials of this site only:"`,
    ...secretNames.map((name) => `echo "  Secret ${namespace}/${name}"`),
    'echo "See bootstrap/$device/README.md for the commands."',
  ];
  return {
    path: "scripts/render-bootstrap.sh",
    content: lines(content),
    purpose: "Makes a device type's bootstrap the one of a site; no secret is written into the repository.",
  };
}

function operationsOf(
  engine: string,
  kind: string,
  { oci, registry }: { oci: boolean; registry: string },
): string[] {
  const replace = (path: string, value: string) => `- { op: replace, path: ${path}, value: ${value} }`;
  const set = "$region-$device";
  if (engine === "argocd") {
    return [
      oci
        ? replace("/spec/source/repoURL", `"oci://${registry}/sets/${set}"`)
        : replace("/spec/source/path", `sets/${set}`),
      replace("/spec/source/targetRevision", oci ? '"$ring"' : '"ring/$ring"'),
    ];
  }
  if (kind === "Kustomization") return [replace("/spec/path", oci ? "./" : `./sets/${set}`)];
  if (!oci) return [replace("/spec/ref/branch", '"ring/$ring"')];
  return [replace("/spec/url", `"oci://${registry}/sets/${set}"`), replace("/spec/ref/tag", '"$ring"')];
}

function identityPatch(): string[] {
  const replace = (path: string, value: string) =>
    `      - { op: replace, path: /data/${path}, value: "${value}" }`;
  return [
    `  - target: { kind: ConfigMap, name: cluster-identity }`,
    "    patch: |",
    replace("site_id", "$site"),
    replace("region", "$region"),
    replace("device_type", "$device"),
    replace("ring", "$ring"),
  ];
}

// Made per site and never shared: a token in an image would open every site.
function tokens({ decisions }: LayOutContext): string[] {
  if (decisions.distribution.choice === "k0s" && decisions.topology.params.vip !== "none") {
    return [
      "# Eight characters are all that VRRP takes; the same on every controller of this site.",
      '[ -s "$out/etc/edge/vrrp-password" ] || openssl rand -hex 4 >"$out/etc/edge/vrrp-password"',
    ];
  }
  if (decisions.distribution.choice !== "k3s") return [];
  const names = decisions.topology.choice === "ha" ? ["server-token", "agent-token"] : ["agent-token"];
  return [
    "# The same tokens go onto every node of this site, and onto no other site.",
    ...names.map((name) => `[ -s "$out/etc/edge/${name}" ] || openssl rand -hex 32 >"$out/etc/edge/${name}"`),
  ];
}

/** The build step that puts the engine's chart and its images into the device image. */
export function vendorScript(
  context: LayOutContext,
  { chart, imageKeys }: { chart: Chart; imageKeys: readonly string[] },
): File {
  const operator = context.decisions.upgrades.choice === "kairos-nodeop";
  const charts = [chart, ...(operator ? [context.charts["kairos-operator"]!] : [])];
  const keys = [...imageKeys, ...(operator ? ["kairos-operator", "kairos-node-labeler"] : [])];
  return {
    path: "scripts/vendor-engine.sh",
    content: lines([
      "#!/bin/sh",
      "# Fetches the engine's chart and images once, where there is a network, for images of devices that have none.",
      "# Usage: scripts/vendor-engine.sh ARCH     the result lies in vendor/ARCH, which scripts/build-image.sh takes along",
      "# What the chart installs is not part of this repository: review it, and record the digests that are printed.",
      "set -eu",
      "arch=$1",
      'dir="$(cd "$(dirname "$0")/.." && pwd)/vendor/$arch"',
      'mkdir -p "$dir/charts" "$dir/images"',
      ...charts.map(
        (one) => `helm pull ${chartAddress(one)} --version ${one.version} --destination "$dir/charts"`,
      ),
      "# What the charts run, and every image this repository names.",
      "cat \"$dir/../../images.txt\" - <<'EOF' | sort -u | while read -r image; do",
      ...keys.map((key) => context.images[key]!.image),
      "EOF",
      '  file=$(echo "$image" | tr "/:" "__")',
      '  skopeo copy --override-os linux --override-arch "$arch" "docker://$image" "docker-archive:$dir/images/$file.tar:$image"',
      '  echo "$image@$(skopeo inspect --override-os linux --override-arch "$arch" --format "{{.Digest}}" "docker://$image")"',
      "done",
    ]),
    purpose: "Puts chart and images of the engine into a device image.",
  };
}

function chartAddress({ chart, repository }: Chart): string {
  return repository.startsWith("oci://") ? `${repository}/${chart}` : `${chart} --repo ${repository}`;
}

/** How the files of a device type reach a device, and the Secrets that are made there. */
export function readme(
  context: LayOutContext,
  device: string,
  { engine, namespace, secretNames }: { engine: string; namespace: string; secretNames: readonly string[] },
): File {
  const { decisions } = context;
  const oci = decisions.delivery.choice !== "git";
  const [read, ...others] = secretNames;
  const registry = context.hosts.registry.split("/")[0];
  const create = `kubectl -n ${namespace} create secret`;
  const flux = engine === "Flux";
  const { templating } = decisions;
  // Argo CD takes a repository's own Secret only for its exact address; a prefix is a credential template.
  const argoOci = (name: string, type: string, url: string) =>
    `kubectl -n ${namespace} create secret generic ${name} --from-literal=type=${type} --from-literal=url="${url}" --from-literal=username=site-00001 --from-literal=password="$(cat "$site/registry-password")"`;
  const pull = (space: string, name: string) =>
    `kubectl -n ${space} create secret docker-registry ${name} --docker-server=${registry} --docker-username=site-00001 --docker-password="$(cat "$site/registry-password")"`;
  const ofRegistry = flux ? pull(namespace, read!) : argoOci(read!, "oci", `oci://${context.hosts.registry}`);
  const ofGit = flux
    ? `${create} generic ${read} --from-file=identity="$site/git_ed25519" --from-file=identity.pub="$site/git_ed25519.pub" --from-file=known_hosts`
    : `${create} generic ${read} --from-literal=type=git --from-literal=url=${gitUrl(context)} --from-file=sshPrivateKey="$site/git_ed25519"`;
  const label = (type: string) =>
    flux ? "" : ` | kubectl label --local -f - argocd.argoproj.io/secret-type=${type} -o yaml`;
  const written = "--dry-run=client -o yaml";
  const chart = templating.choice === "helm";
  const commands = [
    `${oci ? ofRegistry : ofGit} ${written}${label(oci ? "repo-creds" : "repository")} > "$seed/16-${read}.yaml"`,
    ...(chart && flux
      ? [`${pull("edge-apps", "registry-read-only")} ${written} > "$seed/16-registry-read-only.yaml"`]
      : []),
    ...(chart && !flux
      ? [
          `${argoOci("charts-read-only", "helm", `${context.hosts.registry}/charts`)} --from-literal=enableOCI=true ${written}${label("repo-creds")} > "$seed/16-charts-read-only.yaml"`,
        ]
      : []),
    ...others.map(
      (name) =>
        `${create} generic ${name} --from-file=age.agekey="$site/age.agekey" ${written} > "$seed/16-${name}.yaml"`,
    ),
  ];
  return {
    path: `bootstrap/${device}/README.md`,
    content: lines([
      `# Bootstrap of ${device}`,
      "",
      "Nothing is pushed to a site. The device carries these files, its own Kubernetes applies them, and from then on",
      `${engine} pulls.`,
      "",
      "1. `engine.yaml` installs the engine with a pinned chart. What the chart holds is not part of this repository and",
      "   was not checked; `helm template` it in CI before a new version goes to the first ring.",
      ...(flux && is32Bit(context, device)
        ? [
            "   **The Flux Operator is published for amd64 and arm64 only.** Flux itself has images for 32-bit ARM: build the operator",
            "   from its source for linux/arm/v7 into your registry, or install the controllers from `flux install --export` instead.",
          ]
        : []),
      "2. `sync/` says where to pull from and who the site is. `scripts/new-site.sh` makes the keys of a site and calls",
      "   `scripts/render-bootstrap.sh`, which writes set, ring and identity into the folder of the site, beside this repository:",
      "",
      "   ```sh",
      `   bash scripts/new-site.sh site-00001 ${context.regions[0]} ${device} ${rings(context)[0]}`,
      "   ```",
      "",
      `   On the device it lies in \`${manifestDir(context)}/\`; it is applied and retried there until it holds.`,
      `3. Credentials belong to one site, can only read, and go into the same folder, never into Git${oci || chart ? " (`registry-password` is the site's own, from your registry)" : ""}:`,
      "",
      "   ```sh",
      "   umask 077",
      "   site=../sites/site-00001",
      `   seed="$site/seed${manifestDir(context)}"`,
      ...(!oci && flux
        ? [
            `   ssh-keyscan ${new URL(gitUrl(context)).host} > known_hosts   # compare it with what your Git host publishes`,
          ]
        : []),
      ...commands.map((line) => `   ${line}`),
      "   ```",
      "",
      ...(flux || !oci
        ? []
        : [
            "Argo CD does not check the signature of an OCI artifact: only CI may write to the registry, and `scripts/promote.sh`",
            "verifies before it moves a ring.",
            "",
          ]),
      ...(decisions.topology.choice === "single" ? [] : site(context)),
      "What lies in `seed/` goes onto a medium with the label `EDGE_SITE`; `adopt-site` takes it over once, at the next start.",
      "Erase the medium afterwards: it holds the keys of this site.",
      "",
      ...moving(engine, namespace, oci),
    ]),
    purpose: `How the bootstrap of ${device} reaches a device.`,
  };
}

/** https://fluxoperator.dev/docs/guides/install/ names amd64 and arm64. */
function is32Bit({ devices }: LayOutContext, device: string): boolean {
  return devices.some(({ slug, deviceType }) => slug === device && deviceType.arch === "armv7");
}

/** A ring is two words in the cluster, so no medium is needed to change it. */
function moving(engine: string, namespace: string, oci: boolean): string[] {
  const ref = oci ? `{"tag":"RING"}` : `{"branch":"ring/RING"}`;
  const command =
    engine === "Flux"
      ? `kubectl -n ${namespace} patch ${oci ? "ocirepository" : "gitrepository"} fleet --type merge -p '{"spec":{"ref":${ref}}}'`
      : `kubectl -n ${namespace} patch application fleet --type merge -p '{"spec":{"source":{"targetRevision":"${oci ? "RING" : "ring/RING"}"}}}'`;
  return [
    "Moving a site to another ring: at its console, and in `20-sync.yaml` of the folder above, so that a restart keeps it.",
    "",
    "```sh",
    command,
    "```",
  ];
}

const databaseRows = {
  k3s: ["`etc/edge/datastore.env`: `K3S_DATASTORE_ENDPOINT=postgres://…`, on servers only"],
  k0s: ["`etc/edge/datastore-endpoint`: the address of the database, `postgres://…`, on controllers only"],
  microk8s: [],
  none: [],
};

/** What only a site with several nodes needs on its medium. */
function site({ decisions }: LayOutContext): string[] {
  const { choice } = decisions.distribution;
  const rows = [
    "`etc/edge/hosts`: a line `<address> control-plane.site.internal`, the first server or the virtual address",
    "`etc/edge/neighbours`: addresses of the site's nodes, one a line; the firewall lets nobody else in",
    ...(decisions.topology.params.vip === "none"
      ? []
      : [
          `\`etc/edge/vip\`: the virtual address of the control plane${choice === "k0s" ? ", with its prefix: `192.0.2.10/24`" : ""}`,
        ]),
    ...(choice === "k0s" && decisions.topology.choice === "ha"
      ? [
          "`etc/edge/controller-token`: `k0s token create --role=controller --expiry=1h` on the first controller, on every further one",
        ]
      : []),
    ...(decisions.datastore.choice === "external" ? databaseRows[choice] : []),
    ...(choice === "k0s"
      ? ["`etc/edge/worker-token`: `k0s token create --role=worker --expiry=1h` on the first controller"]
      : []),
    ...(choice === "microk8s"
      ? ["`etc/edge/join-token`: `microk8s add-node --token-ttl 3600` on the first node"]
      : []),
  ];
  return [
    "A site with several nodes also needs, below `seed/` and the same on each of its nodes:",
    "",
    ...rows.map((row) => `- ${row}`),
    "",
    ...(choice === "microk8s"
      ? []
      : [
          "Nodes that only work for others get `seed/etc/` and nothing else: the keys of the site are for its servers.",
          "",
        ]),
  ];
}
