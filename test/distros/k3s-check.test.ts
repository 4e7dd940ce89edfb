import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { languages } from "#model/text.ts";
import { checkNodeConfig, isNodeConfig, words } from "../../src/distros/k3s/check.ts";
import { flags } from "../../src/distros/k3s/flags.ts";

const path = "nodes/x/etc/rancher/k3s/config.yaml";
const check = (text: string, role: "server" | "agent" | "unknown" = "unknown") =>
  checkNodeConfig({ path, text, doc: parse(text), role });
const places = (text: string, role?: "server" | "agent") =>
  check(text, role).map(({ pointer, severity }) => `${severity} ${pointer}`);

test("knows its files by path, wherever the repository keeps them", () => {
  for (const yes of [
    path,
    "/etc/rancher/k3s/config.yaml",
    "a/rancher/k3s/config.yaml.d/10-x.yaml",
    "/etc/rancher/k3s/registries.yaml",
  ]) {
    expect(isNodeConfig(yes), yes).toBe(true);
  }
  for (const no of ["config.yaml", "etc/rancher/rke2/config.yaml", "etc/rancher/k3s/k3s.yaml"]) {
    expect(isNodeConfig(no), no).toBe(false);
  }
});

describe("config.yaml", () => {
  test("right configurations pass", () => {
    const server = `
write-kubeconfig-mode: "0600"
disable: [traefik, servicelb]
flannel-backend: wireguard-native
secrets-encryption: true
tls-san: control-plane.site.internal
kubelet-arg: [system-reserved=memory=200Mi, max-pods=30]
kube-apiserver-arg+: ["event-ttl=24h"]
token-file: /etc/edge/token
node-label: [edge.example.com/ring=canary]
https-listen-port: 6443
`;
    expect(check(server, "server")).toEqual([]);
    expect(
      check("cluster-init: true\netcd-snapshot-retention: 5\netcd-s3-timeout: 5m0s\n", "server"),
    ).toEqual([]);
    expect(check("server: https://a:6443\ntoken: ${TOKEN}\nnode-ip: 10.0.0.1\n", "agent")).toEqual([]);
    expect(check("", "server")).toEqual([]);
    const ranges = "cluster-cidr: 10.48.0.0/12\nservice-cidr: 10.96.0.0/16\ncluster-dns: 10.96.0.10\n";
    expect(check(ranges, "server")).toEqual([]);
    // What is filled in later cannot be told, nor what an agent is told by its server.
    expect(
      check(
        `cluster-cidr: ${"${PODS}"}\nservice-cidr: ${"${SERVICES}"}\ncluster-dns: 10.9.0.10\n`,
        "server",
      ).filter(({ pointer }) => pointer === "/cluster-dns"),
    ).toEqual([]);
    expect(
      check(
        "cluster-cidr: 2001:db8:42::/56,10.42.0.0/16\nservice-cidr: 2001:db8:43::/112,10.43.0.0/16\n",
        "server",
      ),
    ).toEqual([]);
  });

  test.each([
    ["unknown key", "disabel: traefik", ["block /disabel"]],
    ["pods over the usual Services", "cluster-cidr: 10.40.0.0/13", ["warn /cluster-cidr"]],
    [
      "Services inside the pods",
      "cluster-cidr: 10.0.0.0/8\nservice-cidr: 10.9.0.0/16",
      ["warn /cluster-cidr"],
    ],
    ["Services over the usual pods", "service-cidr: [10.42.128.0/17]", ["warn /service-cidr"]],
    [
      "two families, one overlap",
      "cluster-cidr: 10.42.0.0/16,2001:db8:42::/48\nservice-cidr: 10.43.0.0/16,2001:db8:42:1::/112",
      ["warn /cluster-cidr"],
    ],
    ["DNS left behind", "service-cidr: 10.96.0.0/12\ncluster-dns: 10.43.0.10", ["block /cluster-dns"]],
    ["DNS elsewhere", "cluster-dns: 192.168.1.10", ["block /cluster-dns"]],
    ["key with underscore", "node_label: [a=b]", ["block /node_label"]],
    ["invention", "kms-provider: vault", ["block /kms-provider"]],
    ["removed key", "no-deploy: [traefik]", ["block /no-deploy"]],
    ["removed value", "flannel-backend: ipsec", ["block /flannel-backend"]],
    [
      "value outside its list",
      "secrets-encryption-provider: kms\nsecrets-encryption: true",
      ["block /secrets-encryption-provider"],
    ],
    ["wrong type", "cluster-init: maybe", ["block /cluster-init"]],
    ["mapping for a list", "disable: {traefik: true}", ["block /disable"]],
    ["bad duration", "cluster-init: true\netcd-s3-timeout: 5 minutes", ["block /etcd-s3-timeout"]],
    ["near miss in disable", "disable: [traefic]", ["block /disable/0"]],
    ["own manifest in disable", "disable: [my-own-addon]", ["warn /disable/0"]],
    ["dashes in an argument", 'kubelet-arg: ["--max-pods=30"]', ["block /kubelet-arg/0"]],
    ["two datastores", "cluster-init: true\ndatastore-endpoint: postgres://a", ["block /cluster-init"]],
    ["etcd without etcd", "etcd-snapshot-retention: 3", ["block /etcd-snapshot-retention"]],
    ["deprecated", "helm-job-image: a", ["warn /helm-job-image"]],
    ["no mapping", "- a", ["block "]],
  ])("%s is found", (_, text, expected) => {
    expect(places(text)).toEqual(expected);
  });

  test("an option of the other role is found", () => {
    expect(places("disable: [traefik]", "agent")).toEqual(["block /disable"]);
    expect(places("disable-apiserver-lb: true", "server")).toEqual(["block /disable-apiserver-lb"]);
  });

  test("a misspelt option names the right one", () => {
    const names = Object.keys(flags).filter((name) => name.length > 6);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), (name, seed) => {
        const at = 1 + (seed % (name.length - 2));
        const wrong = name.slice(0, at) + name.slice(at + 1);
        if (wrong in flags) return;
        const [problem] = check(`${wrong}: x`);
        expect(problem?.fix.en).toContain(name);
      }),
    );
  });
});

test("registries.yaml: mirrors, rewrites, credentials", () => {
  const at = "etc/rancher/k3s/registries.yaml";
  const registries = (text: string) =>
    checkNodeConfig({ path: at, text, doc: parse(text), role: "unknown" }).map(({ pointer }) => pointer);
  expect(
    registries(`
mirrors:
  docker.io:
    endpoint: ["https://mirror.example.com"]
    rewrite: {"^(.*)$": "hub/$1"}
  "*":
configs:
  mirror.example.com:
    auth: { username: a, password: b }
    tls: { ca_file: /etc/ca.pem, insecure_skip_verify: false }
`),
  ).toEqual([]);
  expect(
    registries(
      "mirror: {}\nmirrors: {a: {endpoints: []}, b: {endpoint: [b.example.com]}}\nconfigs: {c: {auth: {token: x}}}",
    ),
  ).toEqual(["/mirror", "/mirrors/a/endpoints", "/mirrors/b/endpoint/0", "/configs/c/auth/token"]);
});

test("every sentence is there in every language", () => {
  const all = [
    "disabel: 1",
    "no-deploy: x",
    "flannel-backend: ipsec",
    "etcd-arg: [a=b]",
    "server: a\ncluster-init: true",
    "kubelet-arg: [--a]",
  ];
  for (const { message, fix } of all.flatMap((text) => check(text))) {
    for (const language of languages)
      expect([message[language], fix[language]].join(" ")).toMatch(/^[^{}]{6,}$/);
  }
});

test("words hold options with and without dashes", () => {
  expect(words()).toEqual(expect.arrayContaining(["flannel-backend", "--disable", "traefik"]));
});
