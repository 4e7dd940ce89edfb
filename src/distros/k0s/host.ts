import { manifestDir, registryHosts } from "#model/bootstrap.ts";
import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { lines, scriptDir, stateDir, timed } from "#model/upkeep.ts";
import { fill, installFlags, type Role } from "./node.ts";

type Device = LayOutContext["devices"][number];

/** The script that installs k0s on first boot, idempotent, with the unit that runs it. */
export function install(
  context: LayOutContext,
  device: Device,
  { dir, role }: { dir: string; role: Role },
): File[] {
  const { decisions } = context;
  const flags = installFlags(context, device, role);
  const kind = role === "worker" ? "worker" : "controller";
  const script = [
    "#!/bin/sh",
    `# Installs k0s ${decisions.distribution.params.version} as a service. The binary is part of the device image.`,
    "set -eu",
    "umask 077",
    `version=${decisions.distribution.params.version}`,
    'if [ "$(k0s version)" != "$version" ]; then echo "k0s in this image is not $version" >&2; exit 1; fi',
    "# At every start: the configuration comes afresh out of the image.",
    ...fillIns(context, role),
    `if [ -f /etc/systemd/system/k0s${kind}.service ]; then exec systemctl start --no-block k0s${kind}; fi`,
    `set -- ${flags.map((flag) => `'${flag}'`).join(" ")}`,
    ...(decisions.topology.choice === "ha" && role === "controller"
      ? [
          "# Every controller but the first one joins with a token that the first one made: k0s token create --role=controller",
          'if [ -s /etc/edge/controller-token ]; then set -- "$@" --token-file=/etc/edge/controller-token; fi',
        ]
      : []),
    'k0s install "$@"',
    `systemctl start --no-block k0s${kind}`,
  ];
  const unit = [
    "[Unit]",
    "Description=Complete the configuration of k0s, and install it on first boot",
    "After=network.target time-sync.target edge-adopt-site.service",
    "Before=k0scontroller.service k0sworker.service",
    "",
    "[Service]",
    "Type=oneshot",
    "RemainAfterExit=yes",
    `ExecStart=/bin/sh ${scriptDir}/install-k0s`,
    "Restart=on-failure",
    "RestartSec=30s",
    "",
    "[Install]",
    "WantedBy=multi-user.target",
  ];
  return [
    {
      path: `${dir}${scriptDir}/install-k0s`,
      content: lines(script),
      purpose: `Installs k0s as ${kind} on ${device.slug}, once.`,
    },
    {
      path: `${dir}/etc/systemd/system/edge-install-k0s.service`,
      content: lines(unit),
      purpose: "Runs the installation on first boot.",
    },
  ];
}

/** Applies engine, sync objects and identity of a site until all of it holds, however long the link takes. */
export function bootstrap(context: LayOutContext, dir: string): File[] {
  if (context.decisions.gitops.choice === "none") return [];
  return [
    {
      path: `${dir}${scriptDir}/edge-bootstrap`,
      content: lines([
        "#!/bin/sh",
        "# k0s tries its own manifests ten times and then waits for a change. The kinds of the engine may come much later than",
        "# that over a slow link, so this goes on until they are there.",
        "set -eu",
        "until k0s kubectl get --raw /readyz >/dev/null 2>&1; do sleep 15; done",
        `for file in ${manifestDir(context)}/*.yaml; do`,
        '  [ -e "$file" ] || continue',
        '  until k0s kubectl apply --server-side --force-conflicts -f "$file"; do sleep 30; done',
        "done",
      ]),
      purpose: "Applies the bootstrap of this site; pull starts here.",
    },
    {
      path: `${dir}/etc/systemd/system/edge-bootstrap.service`,
      content: lines([
        "[Unit]",
        "Description=Start to pull: engine, sync objects and identity of this site",
        "After=edge-install-k0s.service k0scontroller.service",
        "",
        "[Service]",
        "Type=oneshot",
        "RemainAfterExit=yes",
        `ExecStart=/bin/sh ${scriptDir}/edge-bootstrap`,
        "Restart=on-failure",
        "RestartSec=60s",
        "",
        "[Install]",
        "WantedBy=multi-user.target",
      ]),
      purpose: "Runs edge-bootstrap at every start.",
    },
  ];
}

function fillIns({ decisions }: LayOutContext, role: Role): string[] {
  if (role === "worker") return [];
  const steps: string[] = [];
  const replace = (from: string, file: string) => `sed -i "s|${from}|$(cat ${file})|" /etc/k0s/k0s.yaml`;
  if (decisions.datastore.choice === "external")
    steps.push(replace(fill.datastore, "/etc/edge/datastore-endpoint"));
  if (decisions.topology.params.vip !== "none") {
    steps.push(replace(fill.vip, "/etc/edge/vip"), replace(fill.vrrpPassword, "/etc/edge/vrrp-password"));
  }
  if (decisions.encryption.params.secretsEncryption) {
    steps.push(
      "# The key is made on the device and never leaves it but in a backup.",
      "if [ ! -f /etc/k0s/encryption.yaml ]; then",
      "  key=$(head -c 32 /dev/urandom | base64 -w 0)",
      "  cat >/etc/k0s/encryption.yaml <<EOF",
      "apiVersion: apiserver.config.k8s.io/v1",
      "kind: EncryptionConfiguration",
      "resources:",
      "  - resources: [secrets]",
      "    providers:",
      "      - aescbc: { keys: [{ name: first, secret: $key }] }",
      "      - identity: {}",
      "EOF",
      "  getent passwd kube-apiserver >/dev/null && chown kube-apiserver /etc/k0s/encryption.yaml",
      "fi",
    );
  }
  return steps;
}

/** A nightly `k0s backup`, which covers SQLite and etcd alike. */
export function backup({ decisions }: LayOutContext, dir: string): File[] {
  const { choice } = decisions.backup;
  if (choice === "rebuild" || choice === "database-backup") {
    const why =
      choice === "rebuild"
        ? "Nothing on this node is worth more than the time it takes to provision it again."
        : "The datastore is an external database: back it up with its own tools, at least nightly.";
    return [
      {
        path: `${dir}/restore.md`,
        content: lines(["# No copy is made here", "", why]),
        purpose: "How a node comes back.",
      },
    ];
  }
  return [
    ...timed(dir, {
      name: "edge-backup",
      title: "Nightly copy of the k0s datastore, certificates and configuration",
      timeoutSeconds: 900,
      timer: ["OnCalendar=*-*-* 01:00", "RandomizedDelaySec=1h", "Persistent=true"],
      script: `#!/bin/sh
set -eu
umask 077
out=${stateDir("k0s")}/backup
mkdir -p "$out"
k0s backup --save-path="$out"
if [ -f /etc/edge/backup-recipients.txt ] && command -v age >/dev/null; then
  for file in "$out"/*.tar.gz; do
    age -R /etc/edge/backup-recipients.txt -o "$file.age" "$file" && rm -f "$file"
  done
fi
ls -1t "$out"/* | tail -n +8 | xargs -r rm -f
# Outbound only, and only where provisioning wrote an address.
if [ -s /etc/edge/backup-url ]; then
  newest=$(ls -1t "$out"/* | head -n 1)
  curl --fail --silent --max-time 600 --upload-file "$newest" "$(cat /etc/edge/backup-url)/$(basename "$newest")" || true
fi
`,
    }),
    {
      path: `${dir}/restore.md`,
      content: lines([
        "# Bringing a k0s controller back from its copy",
        "",
        "```sh",
        `cp ${stateDir("k0s")}/backup/k0s_backup_<time>* /var/tmp/  # the reset removes everything below /var/lib/k0s`,
        "k0s stop && k0s reset && cd /var/tmp",
        "age -d -i recovery.agekey -o copy.tar.gz k0s_backup_<time>.tar.gz.age   # only where it was encrypted",
        "k0s restore copy.tar.gz",
        `sh ${scriptDir}/install-k0s`,
        "```",
        "",
        "Workers keep running meanwhile and come back by themselves.",
        "Source: https://docs.k0sproject.io/stable/backup/",
      ]),
      purpose: "How a controller comes back.",
    },
  ];
}

/** containerd drop-ins: from k0s 1.36 they must be configuration version 3, an older one stops the start. */
export function containerd(context: LayOutContext, dir: string): File[] {
  const { decisions, hosts } = context;
  const files: File[] = [];
  const { choice } = decisions.registry;
  const endpoint =
    choice === "regional-mirror"
      ? `https://${hosts.registry.split("/")[0]}`
      : choice === "site-registry"
        ? "http://10.96.0.50:5000"
        : null;
  if (endpoint || choice === "spegel") {
    files.push({
      path: `${dir}/etc/k0s/containerd.d/10-registries.toml`,
      content: lines([
        "version = 3",
        "",
        "[plugins.'io.containerd.cri.v1.images'.registry]",
        '  config_path = "/etc/k0s/certs.d"',
      ]),
      purpose: "Tells containerd where registry mirrors are described.",
    });
  }
  if (endpoint) {
    for (const name of registryHosts(context)) {
      files.push({
        path: `${dir}/etc/k0s/certs.d/${name}/hosts.toml`,
        content: lines([
          `server = "https://${name}"`,
          "",
          `[host."${endpoint}/v2/mirror/${name}"]`,
          '  capabilities = ["pull", "resolve"]',
          "  override_path = true",
        ]),
        purpose: `Mirror of ${name}.`,
      });
    }
  }
  const { handler } = decisions.wasm.params;
  if (decisions.wasm.choice !== "none" && handler) {
    const version = decisions.wasm.choice === "spin" ? "v2" : "v1";
    files.push({
      path: `${dir}/etc/k0s/containerd.d/20-wasm.toml`,
      content: lines([
        "version = 3",
        "",
        "# k0s does not look for shims by itself; the binary is in the device image.",
        `[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.${handler}]`,
        `  runtime_type = "io.containerd.${decisions.wasm.choice}.${version}"`,
      ]),
      purpose: "Makes the WebAssembly runtime known to containerd.",
    });
  }
  return files;
}
