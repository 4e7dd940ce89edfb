import type { Chart, LayOutContext } from "./layout.ts";
import type { File } from "./plan.ts";
import { lines } from "./upkeep.ts";

/** Rings in the order in which they are reached; the last one is where a site is unless it was told otherwise. */
export function rings({ decisions }: LayOutContext): string[] {
  return decisions.rollout.params.rings.map(({ name }) => name);
}

/** Slug of the set that a region and a device type build. */
export function setOf(region: string, device: string): string {
  return `${region}-${device}`;
}

/** Where the rendered bootstrap of a site goes on the device: folders that the distribution applies by itself. */
export function manifestDir({ decisions }: LayOutContext): string {
  const { choice } = decisions.distribution;
  if (choice === "k3s") return "/var/lib/rancher/k3s/server/manifests/edge";
  return choice === "k0s" ? "/var/lib/k0s/manifests/edge" : "/var/lib/edge/bootstrap";
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
  const ofRegistry = flux
    ? `${create} docker-registry ${read} --docker-server=${registry} --docker-username="$SITE_ID" --docker-password="$(cat registry-password)"`
    : `${create} generic ${read} --from-literal=type=oci --from-literal=url="oci://${context.hosts.registry}" --from-literal=username="$SITE_ID" --from-file=password=registry-password`;
  const ofGit = flux
    ? `${create} generic ${read} --from-file=identity=git_ed25519 --from-file=identity.pub=git_ed25519.pub --from-file=known_hosts`
    : `${create} generic ${read} --from-literal=type=git --from-literal=url=${gitUrl(context)} --from-file=sshPrivateKey=git_ed25519`;
  const seed = `../seed${manifestDir(context)}`;
  const label = flux ? "" : " | kubectl label --local -f - argocd.argoproj.io/secret-type=repository -o yaml";
  const written = "--dry-run=client -o yaml";
  const commands = [
    `${oci ? ofRegistry : ofGit} ${written}${label} > ${seed}/16-${read}.yaml`,
    ...(flux
      ? []
      : [`kubectl -n ${namespace} label secret ${read} argocd.argoproj.io/secret-type=repository`]),
    ...others.map(
      (name) => `${create} generic ${name} --from-file=age.agekey ${written} > ${seed}/16-${name}.yaml`,
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
      "2. `scripts/new-site.sh` makes the identity and the keys of a site. `sync/` says where to pull from, and who the site is. `scripts/render-bootstrap.sh` writes set, ring and identity:",
      "",
      "   ```sh",
      `   scripts/new-site.sh site-00001 ${context.regions[0]} ${device} ${rings(context)[0]}`,
      `   scripts/render-bootstrap.sh --device ${device} --region ${context.regions[0]} --ring ${rings(context)[0]} --site site-00001 --out ../seed`,
      `   cp ../sites/site-00001/identity.yaml ../seed${manifestDir(context)}/15-identity.yaml`,
      "   ```",
      "",
      `   The result goes to \`${manifestDir(context)}/\` on the device; it is applied and retried there until it holds.`,
      "3. Credentials belong to one site, can only read, and go onto the same medium, never into Git:",
      "",
      "   ```sh",
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
      "The medium has the label `EDGE_SITE`; `adopt-site` takes it over at the next start.",
      "",
      "Moving a site to another ring is the same script with another `--ring`, delivered with the next device image or",
      "by whoever is on site.",
    ]),
    purpose: `How the bootstrap of ${device} reaches a device.`,
  };
}

/** What only a site with several nodes needs on its medium. */
function site({ decisions }: LayOutContext): string[] {
  const { choice } = decisions.distribution;
  const rows = [
    "`etc/edge/hosts`: a line `<address> control-plane.site.internal`, the first server or the virtual address",
    "`etc/edge/neighbours`: addresses of the site's nodes, one a line; the firewall lets nobody else in",
    ...(decisions.topology.params.vip === "none"
      ? []
      : ["`etc/edge/vip`: the virtual address of the control plane"]),
    ...(choice === "k0s"
      ? ["`etc/edge/worker-token`: `k0s token create --role=worker --expiry=1h` on the first controller"]
      : []),
    ...(choice === "microk8s"
      ? ["`etc/edge/join-token`: `microk8s add-node --token-ttl 3600` on the first node"]
      : []),
  ];
  return [
    "A site with several nodes also needs, the same on each of its nodes:",
    "",
    ...rows.map((row) => `- ${row}`),
    "",
  ];
}
