import { expect, test } from "vitest";
import type { LayOutContext } from "#model/layout.ts";
import k0s from "#src/distros/k0s.ts";
import { layoutContext } from "../fakes/layout.ts";
import { documentsOf, type Loose } from "../fakes/tree.ts";

type Wanted = Parameters<typeof layoutContext>[0];
const context = (wanted: Wanted = {}) =>
  layoutContext({ distribution: "k0s", podTraffic: "kube-router", upgrades: "autopilot", ...wanted });
const content = (of: LayOutContext, end: string) =>
  k0s.layOut(of).find(({ path }) => path.endsWith(end))!.content;
const spec = (of: LayOutContext) =>
  (
    documentsOf(k0s.layOut(of).find(({ path }) => path === "nodes/device-0/etc/k0s/k0s.yaml")!)[0] as {
      spec: Record<string, Loose>;
    }
  ).spec;

test("a device of 1 GB is a single node on SQLite, without telemetry", () => {
  const small = context({
    devices: [{ memoryMiB: 1_024 }],
    gitops: "none",
    delivery: "image",
    upgrades: "image-ab",
  });
  expect(spec(small)).toMatchObject({ storage: { type: "kine" }, telemetry: { enabled: false } });
  expect(content(small, "install-k0s")).toContain("'--single'");
  expect(content(small, "install-k0s")).toContain("metrics-server,autopilot");
});

test("a site that may grow is never installed as --single", () => {
  const script = content(context({ topology: "server-agents" }), "nodes/device-0/usr/lib/edge/install-k0s");
  expect(script).not.toContain("--single");
  expect(script).toContain("--enable-worker");
});

test("three controllers use etcd, and either a virtual address or the workers' own load balancer", () => {
  const wanted = { topology: "ha", datastore: "etcd", backup: "etcd-snapshot" } as const;
  const withVip = spec(context({ ...wanted, vip: "kube-vip" })).network;
  expect(withVip.controlPlaneLoadBalancing.enabled).toBe(true);
  expect(withVip.nodeLocalLoadBalancing).toBeUndefined();
  const without = spec(context({ ...wanted, devices: [{ arch: "armv7" }] }));
  expect(without.storage.type).toBe("etcd");
  expect(without.network.nodeLocalLoadBalancing).toEqual({ enabled: true, type: "Traefik" });
});

test("the one Autopilot plan names a download for each architecture of the fleet", () => {
  const files = k0s.layOut(context({ devices: [{ arch: "amd64" }, { arch: "armv7" }] }));
  const plan = documentsOf(files.find(({ path }) => path === "base/upgrades/autopilot.yaml")!)[0] as Loose;
  expect(plan.metadata.name).toBe("autopilot");
  const { platforms, version } = plan.spec.commands[0].k0supdate;
  expect(Object.keys(platforms).sort()).toEqual(["linux-amd64", "linux-arm"]);
  for (const { url } of Object.values(platforms) as { url: string }[]) expect(url).toContain(version);
});

test("containerd drop-ins are version 3, because an older one stops k0s 1.36", () => {
  const files = k0s.layOut(context({ registry: "regional-mirror", wasm: "spin" }));
  const dropIns = files.filter(({ path }) => path.includes("/containerd.d/"));
  expect(dropIns).toHaveLength(2);
  for (const file of dropIns) expect(file.content.startsWith("version = 3\n")).toBe(true);
});

test("Argo CD's chart repository is known to k0s where Argo CD was decided", () => {
  expect(spec(context({ gitops: "argocd" })).extensions.helm.repositories[0].url).toMatch(/^https:/);
  expect(spec(context()).extensions).toBeUndefined();
});

// An A/B image brings a fresh k0s.yaml at every start, so what belongs to the site has to be written into it again.
test("what belongs to the site is filled in at every start, before k0s runs", () => {
  const site = context({ topology: "server-agents", datastore: "external", backup: "database-backup" });
  const script = content(site, "nodes/device-0/usr/lib/edge/install-k0s");
  expect(script.indexOf("/etc/edge/datastore-endpoint")).toBeGreaterThan(0);
  expect(script.indexOf("/etc/edge/datastore-endpoint")).toBeLessThan(script.indexOf("exec systemctl start"));
  const unit = content(site, "nodes/device-0/etc/systemd/system/edge-install-k0s.service");
  expect(unit).toContain("Before=k0scontroller.service");
  // A blocking start would wait for a unit that waits for this one.
  expect(script).not.toMatch(/systemctl start (?!--no-block)/);
});
