import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { LayOutContext } from "#model/layout.ts";
import k3s from "#src/distros/k3s.ts";
import { layOutImage } from "#src/steps/lay-out/image/image.ts";
import { contexts, imageContexts, layoutContext } from "../../fakes/layout.ts";
import {
  documentsOf,
  expectScriptsParse,
  expectSound,
  has,
  type Loose,
  secretsIn,
  within,
} from "../../fakes/tree.ts";

const anyContext = fc.oneof(contexts("k3s"), contexts("k0s"), contexts("microk8s"), imageContexts);
const content = (context: LayOutContext, path: string) => {
  const file = layOutImage(context).find((one) => one.path === path);
  expect(file, path).toBeDefined();
  return file!.content;
};

test("writes sound files, no secrets, and the same bytes for the same decisions", () => {
  fc.assert(
    fc.property(anyContext, (context) => {
      const files = layOutImage(context);
      expectSound(files);
      expect(secretsIn(files)).toEqual([]);
      expect(layOutImage(context)).toEqual(files);
    }),
    { numRuns: 80 },
  );
});

test("every device type says how it gets its system and what protects it", () => {
  fc.assert(
    fc.property(anyContext, (context) => {
      const paths = layOutImage(context).map(({ path }) => path);
      for (const { slug } of context.devices) {
        expect(paths).toContain(`image/${slug}/SECURITY.md`);
        expect(paths).toContain(`image/${slug}/provisioning/README.md`);
        expect(paths).toContain(`nodes/${slug}/etc/systemd/system.conf.d/10-watchdog.conf`);
      }
    }),
    { numRuns: 40 },
  );
});

test("a unit that a system switches on exists in the tree", () => {
  fc.assert(
    fc.property(contexts("k3s"), (context) => {
      const files = [...k3s.layOut(context), ...layOutImage(context)];
      const paths = new Set(files.map(({ path }) => path));
      for (const { slug } of context.devices) {
        const system = files
          .filter(({ path }) => path.startsWith(`image/${slug}/`))
          .map((file) => file.content)
          .join("\n");
        for (const [unit] of new Set(
          [...system.matchAll(/\bedge-[a-z-]+\.(?:service|timer)\b/g)].map((hit) => [hit[0]]),
        )) {
          expect(paths, unit).toContain(`nodes/${slug}/etc/systemd/system/${unit}`);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test("writes scripts a shell can read", () => {
  for (const context of fc.sample(anyContext, { numRuns: 10, seed: 7 }))
    expectScriptsParse(layOutImage(context));
});

test("the network has the address that K3s was given", () => {
  const context = layoutContext();
  const config = documentsOf(k3s.layOut(context).find(({ path }) => path.endsWith("k3s/config.yaml"))!)[0]!;
  expect(content(context, "nodes/device-0/etc/systemd/network/05-edge0.network")).toContain(
    `Address=${config["bind-address"]}/31`,
  );
});

describe("the firewall", () => {
  test("lets nothing in on a single node", () => {
    expect(content(layoutContext(), "nodes/device-0/etc/nftables.d/10-edge.nft")).not.toMatch(
      /dport \{? ?6443/,
    );
  });
  test("lets only neighbours in on a site with several nodes", () => {
    const rules = content(
      layoutContext({ topology: "server-agents" }),
      "nodes/device-0/etc/nftables.d/10-edge.nft",
    );
    for (const line of rules.split("\n").filter((one) => one.includes("6443")))
      expect(line).toContain("ip saddr @neighbours");
  });
  test.skipIf(!has("nft"))("is a ruleset nft accepts", () => {
    for (const topology of ["single", "server-agents"] as const) {
      const rules = content(layoutContext({ topology }), "nodes/device-0/etc/nftables.d/10-edge.nft");
      within([{ path: "edge.nft", content: rules, purpose: "" }], (dir) => {
        try {
          execFileSync("nft", ["-c", "-f", join(dir, "edge.nft")], { stdio: "pipe" });
        } catch (error) {
          // Without the right to read the kernel's tables nft still reports grammar as "Error:".
          expect(String((error as { stderr: Buffer }).stderr)).not.toMatch(/Error: syntax|Error: unknown/);
        }
      });
    }
  });
});

describe("Kairos", () => {
  test("starts with the line that makes it a cloud-config", () => {
    expect(content(layoutContext(), "image/device-0/cloud-config.yaml").startsWith("#cloud-config\n")).toBe(
      true,
    );
  });
  test("encrypts by TPM, with a key server where theft was answered by the network", () => {
    const tpm = parse(content(layoutContext({ encryption: "luks-tpm" }), "image/device-0/cloud-config.yaml"));
    expect(tpm.install.encrypted_partitions).toEqual(["COS_PERSISTENT"]);
    expect(tpm.kcrypt).toBeUndefined();
    const both = parse(
      content(layoutContext({ encryption: "luks-tpm-network" }), "image/device-0/cloud-config.yaml"),
    );
    expect(both.kcrypt.challenger.challenger_server).toMatch(/^https:/);
  });
  test("without a TPM the data partition is bound to the network, before Kubernetes starts", () => {
    const pi = layoutContext({ encryption: "luks-network", secureBoot: "unavailable" });
    expect(content(pi, "nodes/device-0/usr/lib/edge/open-data")).toContain("tang");
    expect(content(pi, "nodes/device-0/etc/systemd/system/edge-data.service")).toContain(
      "Before=k3s.service",
    );
    expect(content(pi, "image/device-0/SECURITY.md")).toContain("Not available");
  });
  test("upgrades one node after the other and stops at a failure", () => {
    const files = layOutImage(layoutContext({ upgrades: "kairos-nodeop" }));
    const [operation] = documentsOf(
      files.find(({ path }) => path.endsWith("node-op-upgrades.yaml"))!,
    ) as Loose[];
    expect(operation.spec).toMatchObject({ concurrency: 1, stopOnFailure: true });
    expect(operation.spec.image).toMatch(/:\d+\.\d+\.\d+$/);
    if (has("kubectl")) {
      within(files, (dir) =>
        execFileSync("kubectl", ["kustomize", `${dir}/base/upgrades`], { stdio: "pipe" }),
      );
    }
  });
});

test("machines too small for a cluster run containers by systemd, with memory limits and no ports", () => {
  const [context] = fc.sample(imageContexts, { numRuns: 1, seed: 3 }) as [LayOutContext];
  const containers = layOutImage(context).filter(({ path }) => path.endsWith(".container"));
  expect(containers.length).toBeGreaterThan(0);
  for (const { content: unit, path } of containers) {
    expect(unit, path).toMatch(/PodmanArgs=--memory=\d+m/);
    expect(unit, path).not.toMatch(/PublishPort|Network=host/);
  }
});

test.skipIf(!has("kubectl"))("without an engine the build puts the rendered sets into the image", () => {
  const context = layoutContext({
    distribution: "k0s",
    devices: [{ memoryMiB: 1_024 }],
    gitops: "none",
    delivery: "image",
    upgrades: "image-ab",
    os: "debian",
    regions: ["north", "south"],
  });
  const set = (region: string) => [
    { path: `sets/${region}-device-0/kustomization.yaml`, content: "resources: [a.yaml]\n", purpose: "" },
    {
      path: `sets/${region}-device-0/a.yaml`,
      content: `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { region: ${region} }\n`,
      purpose: "",
    },
  ];
  within([...layOutImage(context), ...set("north"), ...set("south")], (dir) => {
    execFileSync("bash", [join(dir, "scripts/build-image.sh"), "device-0", "image"], { stdio: "pipe" });
    expect(readFileSync(join(dir, "build/device-0/payload/sets/south.yaml"), "utf8")).toContain(
      "region: south",
    );
    const listed = execFileSync("tar", ["-tzf", join(dir, "build/device-0/rootfs.tar.gz")], {
      encoding: "utf8",
    });
    expect(listed).toContain("./usr/lib/edge/adopt-site");
    expect(listed).not.toContain("restore.md");
  });
});

test("what is secret of a site never lies on the open part of an encrypted device", () => {
  const script = content(
    layoutContext({ encryption: "luks-network", os: "debian" }),
    "nodes/device-0/usr/lib/edge/adopt-site",
  );
  const open = /for name in (.*); do/.exec(script)![1]!.split(" ");
  expect(open).toContain("recovery-recipients.txt");
  for (const name of open) expect(name).not.toMatch(/token|auth|password|key\b/);
  expect(script).toContain('store="$data/edge/site"');
});

test("a medium is taken over once, whoever brings another", () => {
  for (const encryption of ["none", "luks-network"] as const) {
    const script = content(
      layoutContext({ encryption, os: "debian" }),
      "nodes/device-0/usr/lib/edge/adopt-site",
    );
    expect(script).toContain('if [ -e "$medium" ] && [ ! -e "$store/etc/edge/site.env" ]; then');
  }
});
