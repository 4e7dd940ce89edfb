import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadSchemas } from "../../src/schemas/walk.ts";
import { mutantsOf } from "./mutants.ts";
import { overlayReference } from "./overlay-reference.ts";
import { reference } from "./reference.ts";
import { overlaySlips, slips } from "./slips.ts";

const schemas = loadSchemas();
const name = (doc: Record<string, unknown>) => `${doc.apiVersion} ${doc.kind}`;
const store = (provider: string) =>
  `{apiVersion: external-secrets.io/v1, kind: ClusterSecretStore, metadata: {name: a}, spec: {provider: {${provider}}}}`;

describe("right documents", () => {
  test.each(reference.map((doc) => [name(doc), doc] as const))("%s passes", (_, doc) => {
    expect(schemas.check(doc)).toEqual([]);
  });

  test.each([
    [
      "a 1Password store",
      store("onepasswordSDK: {vault: till, auth: {serviceAccountSecretRef: {name: op, key: token}}}"),
    ],
    [
      "a store of ConfigMaps",
      store('crd: {auth: {serviceAccount: {name: a}}, resource: {group: "", version: v1, kind: ConfigMap}}'),
    ],
    ["a Vault store with defaults", store("vault: {server: 'https://v', auth: {kubernetes: {role: till}}}")],
    [
      "a Pulumi store without the old token",
      store(
        "pulumi: {organization: a, project: b, environment: c, auth: {accessToken: {secretRef: {name: a}}}}",
      ),
    ],
    [
      "an interval as a duration",
      "{apiVersion: external-secrets.io/v1, kind: SecretStore, metadata: {name: a}, spec: {refreshInterval: 1h, provider: {fake: {data: []}}}}",
    ],
    [
      "a password all by default",
      "{apiVersion: generators.external-secrets.io/v1alpha1, kind: Password, metadata: {name: a}, spec: {}}",
    ],
    [
      "a signature by default",
      "{apiVersion: source.toolkit.fluxcd.io/v1, kind: OCIRepository, metadata: {name: a}, spec: {interval: 1h, url: 'oci://a', verify: {secretRef: {name: a}}}}",
    ],
    [
      "a volume without a source",
      "{apiVersion: v1, kind: Pod, metadata: {generateName: a-}, spec: {containers: [{name: a, image: a}], volumes: [{name: a}]}}",
    ],
    [
      "a container the operator completes",
      "{apiVersion: monitoring.coreos.com/v1, kind: Prometheus, metadata: {name: a}, spec: {containers: [{name: prometheus, resources: {}}]}}",
    ],
    [
      "an empty text where a value may not be",
      "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: a, env: [{name: a, value: '', valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]}], tolerations: [{operator: Exists, value: ''}]}}",
    ],
    [
      "a review",
      "{apiVersion: authorization.k8s.io/v1, kind: SelfSubjectAccessReview, spec: {resourceAttributes: {verb: get}}}",
    ],
    ...["0 3 * * 1-5", "*/15 0-6,20-23 1,15 JAN-mar sun", "@daily", "@every 1h30m", " 5  4 * * ? "].map(
      (schedule): [string, string] => [
        `a schedule of ${schedule}`,
        `{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {schedule: "${schedule}", jobTemplate: {spec: {template: {spec: {restartPolicy: OnFailure, containers: [{name: a, image: a}]}}}}}}`,
      ],
    ),
  ])("%s, which a stricter schema would refuse, passes", (_, text) => {
    expect(schemas.check(parse(text))).toEqual([]);
  });

  test("nulls, substitutions, templates and SOPS are not faults", () => {
    const doc = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "till-${site_id}", creationTimestamp: null },
      spec: {
        replicas: "${replicas:=1}",
        selector: { matchLabels: { app: "a" } },
        template: {
          spec: {
            containers: [{ name: "{{name}}", image: "a:1", imagePullPolicy: "${policy}" }],
            volumes: null,
          },
        },
      },
    };
    expect(schemas.check(doc)).toEqual([]);
    const secret = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "s" },
      data: { a: "ENC[AES256_GCM,data:x==]" },
      sops: { mac: "x" },
    };
    expect(schemas.check(secret)).toEqual([]);
    expect(schemas.check({ ...secret, sops: undefined, data: { a: "ENC[..]" } })).not.toEqual([]);
  });
});

describe("mutants", () => {
  const mutants = reference.flatMap((doc) => mutantsOf(doc).map((mutant) => ({ ...mutant, of: name(doc) })));

  test("there are enough of every fault to mean something", () => {
    const counts = Map.groupBy(mutants, ({ fault }) => fault);
    const faults = [
      "extra field",
      "misspelt field",
      "moved field",
      "missing field",
      "wrong type",
      "bad enum",
    ];
    for (const fault of faults) expect(counts.get(fault)?.length, fault).toBeGreaterThan(30);
    for (const fault of ["bad duration", "bad quantity", "bad integer"]) {
      expect(counts.get(fault)?.length, fault).toBeGreaterThan(8);
    }
  });

  test("every one is found, at its place", () => {
    const missed = mutants.filter(({ doc, pointer, codes }) => {
      const violations = schemas.check(doc) ?? [];
      return !violations.some((one) => one.pointer === pointer && codes.includes(one.code));
    });
    expect(missed.map(({ of, fault, pointer }) => `${of} ${fault} ${pointer}`)).toEqual([]);
  });

  test("two faults at once are both found", () => {
    const single = reference.map((doc) => mutantsOf(doc).filter(({ fault }) => fault === "extra field"));
    fc.assert(
      fc.property(fc.constantFrom(...single), fc.nat(), fc.nat(), (of, a, b) => {
        const first = of[a % of.length]!;
        const second = of[b % of.length]!;
        const both = structuredClone(first.doc);
        const at = second.pointer
          .split("/")
          .slice(1, -1)
          .map((part) => part.replaceAll("~1", "/"));
        const holder = at.reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], both);
        (holder as Record<string, unknown>).edgewrightExtra = 1;
        const found = (schemas.check(both) ?? []).map(({ pointer }) => pointer);
        expect(found).toEqual(expect.arrayContaining([first.pointer, second.pointer]));
      }),
    );
  });

  test("an API version nobody serves is found", () => {
    for (const doc of reference) {
      const apiVersion = String(doc.apiVersion).replace(/v\d+\w*$/, "v9");
      expect(schemas.check({ ...doc, apiVersion }), name(doc)).toMatchObject([
        { code: "kind", pointer: "/apiVersion" },
      ]);
    }
  });
});

describe("faults as people and models make them", () => {
  test.each([...slips, ...overlaySlips])("%s is found", (_, text, pointer) => {
    const found = schemas.check(parse(text, { uniqueKeys: false }));
    expect(found?.map((violation) => violation.pointer)).toContain(pointer);
  });

  test.each(overlayReference.map((doc) => [name(doc), doc] as const))("%s as documented passes", (_, doc) => {
    expect(schemas.check(doc)).toEqual([]);
  });
});

describe("what a violation says", () => {
  const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "a" } };

  test("names what may have been meant", () => {
    const violations = schemas.check({ ...deployment, spec: { replica: 1, selector: {}, template: {} } });
    expect(violations).toEqual([
      { code: "unknown", pointer: "/spec/replica", values: { field: "replica", nearest: "replicas" } },
    ]);
  });

  test("a misspelt kind or group is no unknown kind", () => {
    expect(schemas.check({ apiVersion: "apps/v1", kind: "Deploymnt" })).toMatchObject([
      { code: "kind", values: { expected: "Deployment" } },
    ]);
    expect(schemas.check({ apiVersion: "v1", kind: "Deployment" })).toMatchObject([
      { code: "kind", values: { expected: "apps/v1" } },
    ]);
    expect(
      schemas.check({ apiVersion: "kustomize.toolkit.fluxcd.oi/v1", kind: "Kustomization" }),
    ).toMatchObject([{ code: "kind" }]);
  });

  test("a kind without a schema is not checked, whatever it holds", () => {
    expect(schemas.check({ apiVersion: "serving.knative.dev/v1", kind: "Service", spec: 1 })).toBeUndefined();
    expect(schemas.check({ apiVersion: "resource.k8s.io/v1beta2", kind: "ResourceClaim" })).toBeUndefined();
    expect(schemas.check({ kind: "Deployment" })).toBeUndefined();
  });

  test("a patch may leave out what is required, and still has no unknown fields", () => {
    const patch = {
      ...deployment,
      spec: { template: { spec: { containers: [{ name: "a", $patch: "delete", imag: "x" }] } } },
    };
    expect(schemas.check(patch, { patch: true })?.map(({ pointer }) => pointer)).toEqual([
      "/spec/template/spec/containers/0/imag",
    ]);
  });

  test("names and labels have a form", () => {
    const metadata = { name: "Till_1", namespace: "a.b", labels: { "a b": "x", ok: "no spaces here" } };
    const found = schemas.check({ apiVersion: "v1", kind: "ConfigMap", metadata });
    expect(found?.map(({ pointer }) => pointer)).toEqual([
      "/metadata/name",
      "/metadata/namespace",
      "/metadata/labels/a b",
      "/metadata/labels/ok",
    ]);
  });

  test("a port is a number, a name, or left open", () => {
    const target = (port: unknown) =>
      schemas.check({
        ...{ apiVersion: "v1", kind: "Service", metadata: { name: "a" } },
        spec: { ports: [{ port: 80, targetPort: port }] },
      });
    for (const right of [0, "", 8080, 65_535, "http", "http-2", "${port}", "<< inputs.port >>"])
      expect(target(right), String(right)).toEqual([]);
    for (const [wrong, code] of [
      [65_536, "value"],
      [-1, "value"],
      ["8080", "value"],
      ["HTTP", "value"],
      [80.5, "type"],
      [true, "type"],
    ] as const)
      expect(target(wrong), String(wrong)).toMatchObject([{ code, pointer: "/spec/ports/0/targetPort" }]);
  });

  test("fields named like methods of every object are unknown, not crashes", () => {
    const doc = JSON.parse(
      '{"apiVersion":"v1","kind":"ConfigMap","constructor":1,"__proto__":{"x":1},"metadata":{"name":"a"}}',
    );
    expect(
      schemas
        .check(doc)
        ?.map(({ pointer }) => pointer)
        .sort(),
    ).toEqual(["/__proto__", "/constructor"]);
  });

  test("any document gives an answer", () => {
    const kinds = fc.constantFrom(...reference);
    fc.assert(
      fc.property(kinds, fc.jsonValue({ maxDepth: 5 }), (doc, spec) => {
        expect(Array.isArray(schemas.check({ ...doc, spec, metadata: spec }))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
