import { expect, test } from "vitest";
import microk8s from "#src/distros/microk8s.ts";
import { layoutContext } from "../fakes/layout.ts";
import { documentsOf, type Loose } from "../fakes/tree.ts";

const context = (wanted: Parameters<typeof layoutContext>[0] = {}) =>
  layoutContext({
    distribution: "microk8s",
    os: "ubuntu",
    datastore: "dqlite",
    backup: "dqlite-backup",
    upgrades: "snap-channel",
    ...wanted,
  });
const content = (of: ReturnType<typeof context>, end: string) =>
  microk8s.layOut(of).find(({ path }) => path.endsWith(end))!.content;

test("rights are checked: without the rbac addon everything is allowed", () => {
  const [launch] = documentsOf(
    microk8s.layOut(context()).find(({ path }) => path.endsWith(".microk8s.yaml"))!,
  ) as Loose[];
  expect(launch.addons.map(({ name }: { name: string }) => name)).toContain("rbac");
  expect(launch.persistentClusterToken).toBeUndefined();
});

test("the snap stays on its track and is never refreshed by itself", () => {
  const script = content(context(), "install-microk8s");
  expect(content(context(), "microk8s-channel")).toBe("1.36/stable\n");
  expect(script).toContain("snap refresh --hold microk8s");
  expect(script.indexOf("snap install")).toBeLessThan(script.indexOf("--hold"));
});

test("a refresh goes one minor at a time, after a copy, and back when it fails", () => {
  const script = content(context(), "edge-snap-refresh");
  expect(script).toMatch(/-gt 1/);
  expect(script.indexOf("edge-backup")).toBeLessThan(script.indexOf("--channel"));
  expect(script).toContain("snap revert microk8s");
});

test("the encryption key is made on the device before the API server reads it", () => {
  const script = content(context({ secretsEncryption: true }), "install-microk8s");
  expect(script.indexOf("/dev/urandom")).toBeGreaterThan(0);
  expect(script.indexOf("/dev/urandom")).toBeLessThan(script.indexOf("snap install"));
  expect(content(context({ secretsEncryption: false }), "install-microk8s")).not.toContain("urandom");
});
