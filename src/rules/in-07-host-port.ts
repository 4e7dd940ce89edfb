import { chartValues } from "#model/chart-values.ts";
import { containersOf, each, hit, judged, withPodsOrCharts } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { maps, word } from "#model/value.ts";

export default defineRule({
  id: "IN-07",
  severity: { edge: "block", hub: "off" },
  title: {
    en: "A container takes a port of the node",
    de: "Ein Container belegt einen Port des Knotens",
    es: "Un contenedor toma un puerto del nodo",
    zh: "容器占用节点端口",
  },
  why: {
    en: "A hostPort is an open port on the device, outside of Services and of most policies.",
    de: "Ein hostPort ist ein offener Port am Gerät, außerhalb von Services und den meisten Policies.",
    es: "Un hostPort es un puerto abierto en el dispositivo, fuera de los Services y de casi toda política.",
    zh: "hostPort 是设备上的开放端口，不受 Service 和大多数策略约束。",
  },
  message: {
    en: "{object}: container {container} takes hostPort {port}.",
    de: "{object}: Container {container} belegt hostPort {port}.",
    es: "{object}: el contenedor {container} ocupa hostPort {port}.",
    zh: "{object}：容器 {container} 占用 hostPort {port}。",
  },
  fix: {
    en: "Remove hostPort.",
    de: "hostPort entfernen.",
    es: "Elimine hostPort.",
    zh: "删除 hostPort。",
  },
  source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
  check: (context) =>
    each(withPodsOrCharts(judged(context)), function* (manifest) {
      for (const { key, parents, value, pointer } of chartValues(manifest)) {
        const isPort = key === "hostPort" && typeof value === "number" && value > 0;
        const isSwitch = value === true && (key === "hostPort" || parents.at(-1) === "hostPort");
        if (!isPort && !isSwitch) continue;
        yield hit(manifest, { pointer, values: { container: parents.join(".") || key, port: word(value) } });
      }
      for (const { fields, name, pointer } of containersOf(manifest)) {
        for (const [i, port] of maps(fields.ports).entries()) {
          if (!port.hostPort) continue;
          yield hit(manifest, {
            pointer: `${pointer}/ports/${i}`,
            values: { container: name, port: word(port.hostPort) },
          });
        }
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: web, ports: [{containerPort: 80, hostPort: 80}]}]}}\n",
      },
      {
        "a.yaml":
          "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a}, spec: {values: {ports: {web: {hostPort: 80}}}}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: web, ports: [{containerPort: 80}]}]}}\n",
      },
    ],
  },
});
