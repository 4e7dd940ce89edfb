import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { LayOutContext } from "#model/layout.ts";
import k3s from "#src/distros/k3s.ts";
import { layoutContext } from "../fakes/layout.ts";
import { documentsOf, has, within } from "../fakes/tree.ts";

const config = (context: LayOutContext, path = "nodes/device-0/etc/rancher/k3s/config.yaml") =>
  documentsOf(k3s.layOut(context).find((file) => file.path === path)!)[0] as Record<string, unknown>;

describe("a single node", () => {
  const lone = config(layoutContext());

  test("listens only on an address of its own, which its certificate names", () => {
    expect(lone["bind-address"]).toBe("10.254.254.1");
    expect(lone["node-ip"]).toEqual([lone["bind-address"]]);
    expect(lone["tls-san"]).toEqual([lone["bind-address"]]);
  });

  test("runs no ingress, no load balancer, and no etcd", () => {
    expect(lone.disable).toEqual(expect.arrayContaining(["traefik", "servicelb", "metrics-server"]));
    expect(Object.keys(lone).filter((key) => /etcd|cluster-init|datastore/.test(key))).toEqual([]);
  });

  test("keeps the memory its budget plans for K3s away from pods", () => {
    const planned = k3s.budget(layoutContext().answers).find(({ counted }) => counted)!;
    expect((lone["kubelet-arg"] as string[]).join()).toContain(
      `kube-reserved=cpu=200m,memory=${planned.mib}Mi`,
    );
  });
});

test("an HA site starts etcd once, takes snapshots, and lets the others join", () => {
  const ha = layoutContext({
    topology: "ha",
    datastore: "etcd",
    backup: "etcd-snapshot",
    nodesPerSite: 5,
    vip: "kube-vip",
  });
  const first = config(ha);
  const join = config(ha, "nodes/device-0/server-join/etc/rancher/k3s/config.yaml");
  expect(first["cluster-init"]).toBe(true);
  expect(join["cluster-init"]).toBeUndefined();
  expect(join.server).toMatch(/^https:\/\//);
  for (const server of [first, join]) expect(server["etcd-snapshot-schedule-cron"]).toBe("0 */6 * * *");
  // These must be the same on all servers, or K3s refuses the second one.
  for (const key of ["flannel-backend", "secrets-encryption", "cluster-cidr", "disable"])
    expect(join[key]).toEqual(first[key]);
  expect(k3s.layOut(ha).some(({ path }) => path.endsWith("manifests/kube-vip.yaml"))).toBe(true);
  expect(
    k3s
      .layOut(layoutContext({ topology: "ha", datastore: "etcd" }))
      .some(({ path }) => path.includes("kube-vip")),
  ).toBe(false);
});

test("an agent has no server options and a token of its own", () => {
  const agent = config(
    layoutContext({ topology: "server-agents" }),
    "nodes/device-0/agent/etc/rancher/k3s/config.yaml",
  );
  expect(agent["token-file"]).toBe("/etc/edge/agent-token");
  expect(agent["secrets-encryption"]).toBeUndefined();
  expect(agent.disable).toBeUndefined();
});

test("no token, password or endpoint with one stands in the configuration", () => {
  const files = k3s.layOut(
    layoutContext({ topology: "server-agents", datastore: "external", backup: "database-backup" }),
  );
  for (const { path, content } of files.filter((file) => file.path.endsWith("config.yaml"))) {
    expect(content, path).not.toMatch(/^(token|agent-token|datastore-endpoint):/m);
  }
});

test("a large site gets room for its pods", () => {
  expect(config(layoutContext({ topology: "server-agents", nodesPerSite: 400 }))["cluster-cidr"]).toEqual([
    "10.48.0.0/12",
  ]);
  expect(
    config(layoutContext({ topology: "server-agents", nodesPerSite: 20 }))["cluster-cidr"],
  ).toBeUndefined();
});

test("Spegel is switched on only where it was decided, and then has a mirror entry a registry", () => {
  const spegel = layoutContext({ topology: "server-agents", registry: "spegel" });
  expect(config(spegel)["embedded-registry"]).toBe(true);
  const mirrors = documentsOf(
    k3s.layOut(spegel).find(({ path }) => path.endsWith("registries.yaml"))!,
  )[0] as { mirrors: object };
  expect(Object.keys(mirrors.mirrors)).toContain("docker.io");
  expect(config(layoutContext())["embedded-registry"]).toBeUndefined();
});

test("device types of different memory keep different amounts back", () => {
  const context = layoutContext({
    topology: "site-server",
    devices: [{ memoryMiB: 1_024 }, { memoryMiB: 8_192 }],
  });
  const args = [0, 1].map(
    (n) => config(context, `nodes/device-${n}/agent/etc/rancher/k3s/config.yaml`)["kubelet-arg"],
  );
  expect(args[0]).not.toEqual(args[1]);
});

test.skipIf(!has("kubectl"))("the upgrade plans build, pin one version, and move servers first", () => {
  const files = k3s.layOut(layoutContext({ topology: "server-agents" }));
  const built = within(files, (dir) =>
    execFileSync("kubectl", ["kustomize", `${dir}/base/upgrades`], { encoding: "utf8" }),
  );
  const plans = documentsOf({ path: "built.yaml", content: built, purpose: "" }).filter(
    ({ kind }) => kind === "Plan",
  ) as {
    metadata: { name: string };
    spec: { version: string; concurrency: number; channel?: string; prepare?: { args: string[] } };
  }[];
  expect(plans.map(({ metadata }) => metadata.name).sort()).toEqual(["k3s-agent", "k3s-server"]);
  for (const { spec } of plans) {
    expect(spec).toMatchObject({ version: "v1.36.2+k3s1", concurrency: 1 });
    expect(spec.channel).toBeUndefined();
  }
  expect(plans.find(({ metadata }) => metadata.name === "k3s-agent")!.spec.prepare!.args).toEqual([
    "prepare",
    "k3s-server",
  ]);
});
