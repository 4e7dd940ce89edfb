import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkNodeConfig, isNodeConfig, words } from "../../src/distros/microk8s/check.ts";

const path = "nodes/x/var/snap/microk8s/common/.microk8s.yaml";
const check = (text: string) => checkNodeConfig({ path, text, doc: parse(text), role: "unknown" });
const places = (text: string) =>
  check(`version: 0.1.0\n${text}\n`).map(({ pointer, severity }) => `${severity} ${pointer}`);

test("knows its file by path", () => {
  expect([path, "/etc/microk8s.yaml", "a/.microk8s.yaml"].every(isNodeConfig)).toBe(true);
  expect(["microk8s.yaml", "etc/edge/microk8s-channel"].some(isNodeConfig)).toBe(false);
});

describe("a launch configuration", () => {
  test("a right one passes", () => {
    expect(
      places(`
addons: [{name: dns}, {name: rbac}, {name: helm3}, {name: community}, {name: kwasm}, {name: ha-cluster, disable: true}]
extraSANs: [control-plane.site.internal]
extraKubeletArgs: {"--max-pods": "30", "--system-reserved": null}
containerdRegistryConfigs: {docker.io: "server = 'https://a'"}
join: {url: "10.0.0.1:25000/token"}`),
    ).toEqual([]);
  });

  test.each([
    ["unknown key", "extraKubeletArg: {}", ["block /extraKubeletArg"]],
    ["K3s-ism", "disable: [traefik]", ["block /disable"]],
    ["option without dashes", 'extraKubeletArgs: {max-pods: "30"}', ["block /extraKubeletArgs/max-pods"]],
    ["unquoted number", "extraKubeletArgs: {--max-pods: 30}", ["block /extraKubeletArgs/--max-pods"]],
    ["list for options", "extraKubeletArgs: [--max-pods=30]", ["block /extraKubeletArgs"]],
    ["old addon name", "addons: [{name: storage}]", ["warn /addons/0/name"]],
    ["addon that is gone", "addons: [{name: dashboard}]", ["block /addons/0/name"]],
    ["addon that never was", "addons: [{name: flux}]", ["block /addons/0/name"]],
    ["community addon without the repository", "addons: [{name: argocd}]", ["block /addons/0/name"]],
    ["addon by name alone", "addons: [dns]", ["block /addons/0"]],
    ["unknown field of an addon", "addons: [{name: dns, enabled: true}]", ["block /addons/0/enabled"]],
  ])("%s is found", (_, text, expected) => {
    expect(places(text)).toEqual(expected);
  });

  test("the version of the format is needed and known", () => {
    expect(check("addons: []").map(({ pointer }) => pointer)).toEqual([""]);
    expect(check("version: 1.36").map(({ pointer }) => pointer)).toContain("/version");
  });
});

test("words hold keys and addons", () => {
  expect(words()).toEqual(expect.arrayContaining(["extraSANs", "hostpath-storage", "kwasm"]));
});
