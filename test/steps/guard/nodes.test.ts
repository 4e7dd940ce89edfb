import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { languages } from "#model/text.ts";
import k0s from "#src/distros/k0s.ts";
import k3s from "#src/distros/k3s.ts";
import microk8s from "#src/distros/microk8s.ts";
import { loadSchemas } from "../../../src/schemas/walk.ts";
import { guard } from "../../../src/steps/guard.ts";
import { kustomize } from "../../../src/steps/kustomize.ts";

const setting = { role: "edge" } as const;

function check(files: Record<string, string>) {
  const list = Object.entries(files).map(([path, content]) => ({ path, content }));
  return guard(list, {
    rules: [],
    schemas: loadSchemas(),
    kustomize,
    distros: [k3s, k0s, microk8s],
    setting,
  });
}

/** `line: message` of what one file raises. */
function said(path: string, content: string): string[] {
  return check({ [path]: content }).findings.map(({ line, message }) => `${line}: ${message.en}`);
}

describe("right command lines raise nothing", () => {
  test.each([
    ["curl -sfL https://get.k3s.io | sh -s - --write-kubeconfig-mode 644"],
    ['curl -sfL https://get.k3s.io | INSTALL_K3S_EXEC="server --disable=traefik --cluster-init" sh -s -'],
    ["curl -sfL https://get.k3s.io | K3S_URL=https://a:6443 K3S_TOKEN=${TOKEN} sh -"],
    [
      "curl -sfL https://get.k3s.io | INSTALL_K3S_CHANNEL=v1.34 sh -s - server --server https://a:6443 --token $T",
    ],
    [
      "/usr/local/bin/k3s server --disable traefik,servicelb --tls-san a --tls-san=b --node-ip $(hostname -I)",
    ],
    ['k3s agent --server https://a:6443 --token "$TOKEN" --node-label a=b --kubelet-arg "max-pods=30"'],
    ["k3s kubectl get nodes -A --no-headers"],
    ["k3s etcd-snapshot save --etcd-s3 --name nightly"],
    ["sudo k0s install controller --single -c /etc/k0s/k0s.yaml && sudo k0s start"],
    ["k0s install worker --token-file /etc/k0s/token --labels ring=canary --taints a=b:NoSchedule"],
    ["k0s controller --enable-worker --no-taints --disable-components=konnectivity-server,metrics-server"],
    ["snap install microk8s --classic --channel=1.36/stable"],
    ["microk8s enable dns rbac hostpath-storage metallb:10.0.0.1-10.0.0.9"],
    ["microk8s enable community\nmicrok8s enable kwasm"],
    ["K3S_VERSION=1.2.3\necho k3s server --nonsense > /dev/null; cat k3s.yaml"],
    ["docker run -d --privileged rancher/k3s:v1.34.1-k3s1 server --disable=traefik"],
    ["# k3s server --no-deploy traefik"],
    [
      "curl -sfL https://get.k3s.io | sh -s - --tls-san a.{{ domain }} {% if x %} --disable traefik {% endif %}",
    ],
    ["./install.sh --prefix /usr # of k3s"],
    [
      'k3sup install --ip 192.0.2.1 --user pi --k3s-extra-args "--disable traefik" --k3s-version v1.34.1+k3s1',
    ],
    ['k3d cluster create edge --k3s-arg "--disable=traefik@server:0" --k3s-arg "--node-label=a=b@agent:*"'],
  ])("%s", (script) => {
    expect(said("install.sh", `${script}\n`)).toEqual([]);
  });
});

describe("what is wrong with a command line is found, on its line", () => {
  test.each([
    ["an option that is gone", "k3s server --no-deploy traefik", "1: K3s removed no-deploy in v1.26.0"],
    [
      "a misspelt option",
      "set -e\nk3s server \\\n  --disable traefik \\\n  --write-kubeconfig-mod 644",
      "4: K3s has no option --write-kubeconfig-mod",
    ],
    [
      "the option of a server on an agent",
      "k3s agent --disable traefik",
      "1: disable is an option of the K3s server",
    ],
    ["a value for a switch", "k3s server --cluster-init true", "1: true belongs to no option"],
    [
      "a second value",
      'k3s server --kube-proxy-arg "proxy-mode=ipvs" "masquerade-all=true"',
      "1: masquerade-all=true belongs to no option",
    ],
    ["a value that is missing", "k3s server --token --disable traefik", "1: --token of K3s needs a value"],
    [
      "an option in a variable",
      'FLAGS="--disabel traefik"\nk3s server $FLAGS',
      "1: K3s has no option --disabel",
    ],
    [
      "in the installer's arguments",
      "curl -sfL https://get.k3s.io | sh -s - --docker --no-deploy traefik",
      "1: K3s removed no-deploy",
    ],
    [
      "in INSTALL_K3S_EXEC",
      'export INSTALL_K3S_EXEC="server --flannel-backend=ipsec"',
      "1: flannel-backend: ipsec is gone",
    ],
    [
      "a variable nearly right",
      "curl https://get.k3s.io | INSTALL_K3S_EXECS=server sh -",
      "1: K3s does not read the variable INSTALL_K3S_EXECS",
    ],
    [
      "a variable that is gone",
      "curl https://get.k3s.io | K3S_CLUSTER_SECRET=x sh -",
      "1: K3s does not read the variable K3S_CLUSTER_SECRET",
    ],
    [
      "etcd without etcd",
      "k3s server --etcd-snapshot-retention 5",
      "1: etcd-snapshot-retention needs embedded etcd",
    ],
    [
      "etcd beside a database",
      "K3S_DATASTORE_ENDPOINT=postgres://a k3s server --etcd-snapshot-retention 5",
      "1: etcd-snapshot-retention needs embedded etcd, and datastore-endpoint",
    ],
    [
      "two datastores",
      "k3s server --cluster-init --datastore-endpoint=mysql://a",
      "1: datastore-endpoint and cluster-init exclude each other",
    ],
    [
      "an option newer than what is installed",
      "curl https://get.k3s.io | INSTALL_K3S_VERSION=v1.25.4+k3s1 sh -s - --embedded-registry",
      "1: embedded-registry came with K3s v1.29.0; v1.25.4 does not have it",
    ],
    [
      "an image older than its option",
      "docker run rancher/k3s:v1.31.0-k3s1 server --supervisor-metrics --etcd-s3-retention 3 --cluster-init",
      "1: etcd-s3-retention came with K3s v1.33.3; v1.31.0 has it only if",
    ],
    ["a command that does not exist", "k3s serve --disable traefik", "1: K3s has no command serve"],
    [
      "in the arguments of k3sup",
      'k3sup install --k3s-extra-args "--no-deploy traefik"',
      "1: K3s removed no-deploy",
    ],
    [
      "in the arguments of k3d",
      'k3d cluster create --k3s-arg "--disabel=traefik@server:*"',
      "1: K3s has no option --disabel",
    ],
    ["in a subshell of a shell", 'sh -c "sleep 1; k3s server --disabel x"', "1: K3s has no option --disabel"],
    ["a bad address", "k3s agent --server server:6443", "1: server:6443 is no value for server"],
    ["a taint without effect", "k3s agent --node-taint edge=true", "1: edge=true is no value for node-taint"],
    ["an option of K3s on k0s", "k0s controller --disable traefik", "1: k0s has no option --disable"],
    [
      "a controller's option on a worker",
      "k0s worker --single",
      "1: --single is an option of k0s controller",
    ],
    [
      "a component k0s has not",
      "k0s controller --disable-components=traefik",
      "1: --disable-components cannot be traefik",
    ],
    [
      "a single node that joins",
      "k0s install controller --single --token-file /a",
      "1: --single makes a cluster nobody can join",
    ],
    ["an addon nobody knows", "microk8s enable dns traefic", "1: MicroK8s has no addon traefic"],
    ["an addon of the community", "microk8s enable argocd", "1: argocd is a community addon"],
    [
      "a channel that never was",
      "snap install microk8s --classic --channel=1.99/stable",
      "1: MicroK8s has no channel 1.99/stable",
    ],
  ])("%s", (_, script, expected) => {
    const found = said("install.sh", `${script}\n`);
    expect(found.map((one) => one.slice(0, expected.length))).toEqual([expected]);
  });

  test("an option is no mistake for the release that still has it", () => {
    const install = (version: string) =>
      said("a.sh", `curl https://get.k3s.io | INSTALL_K3S_VERSION=${version} sh -s - --no-deploy traefik\n`);
    expect(install("v1.20.8+k3s1")).toEqual([]);
    expect(install("v1.30.1+k3s1")).toHaveLength(1);
  });

  test("a systemd unit, with its drop-in and its variables", () => {
    const unit = `[Unit]
Description=k3s

[Service]
EnvironmentFile=-/etc/default/k3s
Environment="K3S_URL=https://a:6443" "K3S_CLUSTER_SECRET=x"
ExecStartPre=-/sbin/modprobe overlay
ExecStart=/usr/local/bin/k3s \\
    agent \\
        '--node-label=ring=canary' \\
        '--flannel-backend=none' \\
`;
    expect(said("etc/systemd/system/k3s.service", unit)).toEqual([
      expect.stringMatching(/^6: K3s does not read the variable K3S_CLUSTER_SECRET/),
      expect.stringMatching(/^11: flannel-backend is an option of the K3s server/),
    ]);
    expect(said("k3s.service.env", "K3S_TOKEN=a\nINSTALL_K3S_EXEC='server --disabel x'\n")).toEqual([
      expect.stringMatching(/^2: K3s has no option --disabel/),
    ]);
  });

  test("here-documents that write configuration", () => {
    const script = `#!/bin/bash
mkdir -p /etc/rancher/k3s
cat <<EOF | sudo tee /etc/rancher/k3s/config.yaml > /dev/null
token: $TOKEN
disabel: [traefik]
EOF
cat > /etc/rancher/k3s/registries.yaml <<-'X' && echo done
	mirror: {}
	X
echo 'cluster-init: maybe' >> /etc/rancher/k3s/config.yaml.d/10-ha.yaml
`;
    expect(said("setup", script)).toEqual([
      expect.stringMatching(/^5: K3s config.yaml has no key disabel/),
      expect.stringMatching(/^8: registries.yaml has no key mirror/),
      expect.stringMatching(/^10: cluster-init takes boolean/),
    ]);
  });
});

describe("YAML that embeds node configuration", () => {
  const cloudConfig = `#cloud-config
hostname: till
write_files:
  - path: /etc/rancher/k3s/config.yaml
    content: |
      # of the site
      disable: [traefik]
      write-kubeconfig-mod: "0600"
  - path: /usr/local/bin/install
    permissions: "0755"
    content: |
      #!/bin/sh
      k3s server --no-deploy x
runcmd:
  - [k3s, server, --disabel, traefik]
  - curl -sfL https://get.k3s.io |
    INSTALL_K3S_EXEC="server
    --flannel-backend=ipsec" sh -
  - >-
    curl -sfL https://get.k3s.io |
    sh -s - server
    --cluster-secret x
`;
  const lines = [8, 13, 15, 17, 22];

  test("a cloud-config: files, commands as lists and as text, folded or plain", () => {
    expect(said("user-data.yaml", cloudConfig).map((one) => Number(one.split(":")[0]))).toEqual(lines);
    // Without an extension it is known by its first line.
    expect(said("seed/user-data", cloudConfig).map((one) => Number(one.split(":")[0]))).toEqual(lines);
  });

  test("one inside a Secret, with the lines of the outer file", () => {
    const secret = `apiVersion: v1
kind: Secret
metadata: { name: node-1-user-data }
stringData:
  userData: |
${cloudConfig.replaceAll(/^/gm, "    ")}`;
    const found = said("a.yaml", secret).map((one) => Number(one.split(":")[0]));
    expect(found).toEqual(lines.map((line) => line + 5));
  });

  test("content in base64, packed or not", () => {
    const config = "disabel: [traefik]\n";
    const write = (encoding: string, content: string) =>
      said(
        "user-data.yaml",
        `#cloud-config\nwrite_files:\n  - path: /etc/rancher/k3s/config.yaml\n    encoding: ${encoding}\n    content: ${content}\n`,
      );
    expect(write("b64", Buffer.from(config).toString("base64"))).toEqual([
      expect.stringMatching(/^5: K3s config.yaml has no key disabel/),
    ]);
    expect(write("gz+b64", gzipSync(config).toString("base64"))).toHaveLength(1);
    // A bomb is left alone.
    expect(write("gz+b64", gzipSync(Buffer.alloc(20_000_000)).toString("base64"))).toEqual([]);
  });

  test("Kairos: arguments of K3s and k0s, files and commands of its stages", () => {
    const kairos = `#cloud-config
k3s:
  enabled: true
  args:
    - --disable=traefik,servicelb
    - --etcd-snapshot-retention=5
  env:
    K3S_DATASTORE_ENDPOINT: postgres://a
k3s-agent:
  args: ["--cluster-init"]
k0s-worker:
  args: [--single]
stages:
  boot:
    - files:
        - path: /etc/rancher/k3s/config.yaml.d/10.yaml
          content: "no-deploy: [traefik]"
      commands:
        - k3s server --disabel x
`;
    expect(said("kairos.yaml", kairos).map((one) => Number(one.split(":")[0]))).toEqual([6, 10, 12, 17, 19]);
  });

  test("containers, variables, workflows, Butane", () => {
    const compose =
      "services:\n  server:\n    image: rancher/k3s:v1.34.1-k3s1\n    command: server --disabel x\n";
    expect(said("compose.yaml", compose)).toEqual([expect.stringMatching(/^4: K3s has no option --disabel/)]);
    const pod = `apiVersion: v1
kind: Pod
metadata: { name: a }
spec:
  containers:
    - name: k3s
      image: rancher/k3s:v1.34.1-k3s1
      args:
        - server
        - --no-deploy
        - traefik
      env:
        - name: INSTALL_K3S_EXEC
          value: --disabel x
`;
    expect(said("pod.yaml", pod)).toEqual([
      expect.stringMatching(/^10: K3s removed no-deploy/),
      expect.stringMatching(/^14: K3s has no option --disabel/),
    ]);
    const workflow =
      "jobs:\n  a:\n    steps:\n      - run: |\n          set -e\n          k3s server --disabel x\n";
    expect(said(".github/workflows/a.yml", workflow)).toEqual([
      expect.stringMatching(/^6: K3s has no option/),
    ]);
    const butane = `variant: flatcar
storage:
  files:
    - path: /etc/rancher/k3s/config.yaml
      contents:
        inline: |
          disabel: x
systemd:
  units:
    - name: k3s.service
      contents: |
        [Service]
        ExecStart=/opt/k3s server --x
`;
    expect(said("a.bu.yaml", butane).map((one) => one.slice(0, 20))).toEqual(
      ["7: K3s config.yaml h", "13: K3s has no option"].map((one) => one.slice(0, 20)),
    );
  });

  test("a task of Ansible, with its templates", () => {
    const tasks = `- name: install
  shell: |
    curl -sfL https://get.k3s.io | \\
      INSTALL_K3S_SKIP_DOWNLOAD=true sh -s - \\
      --tls-san orchestrator.{{ domain }} \\
      --etcd-expose-metrics true
`;
    expect(said("tasks/main.yml", tasks)).toEqual([
      expect.stringMatching(/^6: etcd-expose-metrics needs embedded etcd/),
      expect.stringMatching(/^6: true belongs to no option/),
    ]);
  });

  test("prose that mentions a command is no command", () => {
    expect(
      said("a.yaml", 'description: "run k3s server --nonsense"\nnotes: |\n  k3s server --nonsense\n'),
    ).toEqual([]);
    expect(said("README.md", "Run `k3s server --nonsense`.\n")).toEqual([]);
  });
});

describe("files of one node belong together", () => {
  const base = "nodes/x/etc/rancher/k3s";

  test("a drop-in adds to the file, and may contradict it", () => {
    const files = (main: string) => ({
      [`${base}/config.yaml`]: main,
      [`${base}/config.yaml.d/10-etcd.yaml`]: "etcd-snapshot-retention: 5\n",
    });
    expect(check(files("cluster-init: true\n")).findings).toEqual([]);
    expect(check(files("disable: [traefik]\n")).findings.map(({ path }) => path)).toEqual([
      `${base}/config.yaml.d/10-etcd.yaml`,
    ]);
    expect(check(files("datastore-endpoint: mysql://a\n")).findings).toHaveLength(1);
  });

  test("so does the unit that starts it, and says which it is", () => {
    const unit = "[Service]\nExecStart=/usr/local/bin/k3s agent --server https://a:6443\n";
    const report = check({
      [`${base}/config.yaml`]: "disable: [traefik]\n",
      "nodes/x/etc/systemd/system/k3s.service": unit,
    });
    expect(report.findings.map(({ line, message }) => `${line} ${message.en}`)).toEqual([
      expect.stringMatching(/^1 disable is an option of the K3s server/),
    ]);
  });

  test("k0sctl: hosts with their flags, and the configuration inside", () => {
    const k0sctl = `apiVersion: k0sctl.k0sproject.io/v1beta1
kind: Cluster
spec:
  hosts:
    - role: controller
      installFlags: ["--disable-components=metrics-server"]
    - role: worker
      installFlags:
        - --single
    - role: master
  k0s:
    version: 1.36.3+k0s.2
    config:
      spec:
        telemetry: { enabled: false }
        storage: { type: sqlite }
`;
    expect(said("k0sctl.yaml", k0sctl).map((one) => Number(one.split(":")[0]))).toEqual([9, 10, 16]);
  });

  test("an unquoted mode is what YAML makes of it", () => {
    expect(said(`${base}/config.yaml`, "write-kubeconfig-mode: 0600\n")).toEqual([
      expect.stringMatching(/^1: write-kubeconfig-mode without quotes is the number 384/),
    ]);
    expect(said(`${base}/config.yaml`, 'write-kubeconfig-mode: "0600"\n')).toEqual([]);
  });
});

test("what was checked is counted and named, and the rest of a script is unchecked", () => {
  const report = check({ "install.sh": "k3s server --disable traefik\n" });
  expect(report.checked).toMatchObject({ files: 1, documents: 1 });
  expect(report.against).toHaveProperty("K3s");
  expect(report.unchecked.map(({ path }) => path)).toEqual(["install.sh"]);
});

test("every sentence is there in every language", () => {
  const script = `k3s server --no-deploy a --disabel b --cluster-init true --token --docker
k3s serve
curl https://get.k3s.io | INSTALL_K3S_VERSION=v1.25.4 INSTALL_K3S_EXECS=a sh -s - --embedded-registry
k3s agent --server a --node-taint b
k0s worker --single --no-taints x --cidr-range a
k0s controller --single --token-file a --disable-components=b
microk8s enable nope argocd storage dashboard
snap install microk8s --channel=9
`;
  const { findings } = check({ "a.sh": script });
  expect(findings.length).toBeGreaterThan(15);
  for (const { message, fix } of findings) {
    for (const language of languages)
      expect(`${message[language]} ${fix[language]}`).toMatch(/^(?!.*\{\w+\}).{8,}$/);
  }
});

describe("node configuration kept where no node looks", () => {
  test.each([
    [
      "site/config.yaml",
      "write-kubeconfig-mode: '0600'\ndisabled: [traefik] # of k3s\ntls-san: [a]\n",
      "2: K3s config.yaml has no key disabled",
    ],
    [
      "k3s-server.yaml",
      "flanel-backend: none\ncluster-cidr: 10.42.0.0/16\ntoken: a\n",
      "1: K3s config.yaml has no key flanel-backend",
    ],
    [
      "site/registries.yaml",
      "mirrors:\n  docker.io:\n    endpoints: [https://a]\n",
      "3: registries.yaml has no key endpoints",
    ],
    [
      "launch.yaml",
      "version: 0.1.0\naddons: [{name: dns}]\nextraSANS: [a]\n",
      "3: MicroK8s has no key extraSANS",
    ],
    [
      "site/cluster.yaml",
      "apiVersion: k0s.k0sproject.io/v1beta1\nkind: ClusterConfig\nmetadata: {name: k0s}\nspec:\n  api:\n    adress: 10.0.0.1\n",
      "6: spec.api has no key adress",
    ],
  ])("%s is known by its name and keys", (path, content, first) => {
    expect(said(path, content)).toContainEqual(expect.stringContaining(first));
  });

  test.each([
    ["app/config.yaml", "server: http://k3s\ntoken: a\ndebug: true\n"],
    ["app/config.yaml", "server: http://k3s\nlog-level: a\nbind-address: b\nqueue: c\n"],
    ["rke2/config.yaml", "tls-san: [a]\nwrite-kubeconfig-mode: '0600'\ncni: cilium # not k3s\n"],
    ["values.yaml", "flannel-backend: none\nnode-ip: a\n"],
    ["launch.yaml", "version: 0.2.0\nconfigurations: [] # microk8s\n"],
  ])("%s of something else is left alone", (path, content) => {
    const { findings, unchecked } = check({ [path]: content });
    expect(findings).toEqual([]);
    expect(unchecked.map((one) => one.path)).toEqual([path]);
  });
});

describe("Ansible", () => {
  test("the file a task copies and the variables of the K3s role are read", () => {
    const task =
      "- name: configuration\n  copy:\n    dest: /etc/rancher/k3s/config.yaml\n    content: |\n      disable: [traefik]\n      snapshoter: native\n";
    expect(said("tasks/main.yml", task)).toEqual([expect.stringMatching(/^6: .*no key snapshoter/)]);
    const variables = `k3s_version: v1.34.1+k3s1
extra_server_args: "--disable traefik --flannel-backend=wireguard {{ more | default('') }}"
extra_agent_args: --cluster-init
server_config_yaml: |
  tls-san: [a]
  clusterinit: true
`;
    expect(said("group_vars/all.yml", variables)).toEqual([
      expect.stringMatching(/^2: flannel-backend: wireguard is gone/),
      expect.stringMatching(/^3: cluster-init is an option of the K3s server/),
      expect.stringMatching(/^6: .*no key clusterinit/),
    ]);
    const right =
      "k3s_version: v1.34.1+k3s1\nextra_server_args: \"--disable traefik {{ more }} --tls-san {{ name }}\"\nextra_agent_args: ''\n";
    expect(said("group_vars/all.yml", right)).toEqual([]);
  });
});

// A k0s finding at /spec of one document hid what the schema says of /spec in another.
test("what is said of one document hides nothing in another of the same file", () => {
  const text =
    "apiVersion: k0s.k0sproject.io/v1beta1\nkind: ClusterConfig\nmetadata: {name: k}\nspec: {}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nspec: {a: b}\n";
  const found = check({ "site.yaml": text }).findings.map(({ rule, line }) => `${rule} ${line}`);
  expect(found).toContain("NODE-02 4");
  expect(found).toContain("SCHEMA-01 9");
});

test("objects a node is given to apply are checked against their schemas, on their own lines", () => {
  const write = (body: string) =>
    `#cloud-config\nwrite_files:\n  - path: /var/lib/rancher/k3s/server/manifests/web.yaml\n    content: |\n${body.replaceAll(/^/gm, "      ")}\n`;
  const service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  port: [{port: 80}]";
  const { findings, checked, unchecked } = check({ "user-data.yaml": write(service) });
  expect(unchecked.map(({ what }) => what)).toEqual(["what surrounds its node configuration"]);
  expect(findings.map(({ rule, line }) => `${rule} ${line}`)).toEqual(["SCHEMA-01 10"]);
  expect(findings[0]!.mend).toBeUndefined();
  expect(checked.documents).toBe(1);
  expect(said("user-data.yaml", write(service.replace("port: [", "ports: [")))).toEqual([]);
  expect(said("user-data.yaml", write("a: b: c"))).toEqual([
    expect.stringMatching(/^5: .*server\/manifests\/web\.yaml/),
  ]);
  const script = `#!/bin/sh\ncat > /var/lib/k0s/manifests/web/web.yaml <<'EOF'\n${service}\nEOF\n`;
  expect(said("install.sh", script)).toEqual([expect.stringMatching(/^8: Service has no field spec\.port/)]);
});

test("k0s installs a controller or a worker, nothing else", () => {
  expect(said("a.sh", "k0s install contoller --single\n")).toEqual([
    "1: k0s install cannot be contoller; it is one of controller, worker.",
  ]);
  expect(said("a.sh", "k0s install --help\nk0s install $ROLE\nk0s kubectl get nodes\n")).toEqual([]);
});
