import { each, hit, judged, ofKind } from "#model/manifest.ts";
import { isNodeServerConfig, nodeConfigs } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { map, word } from "#model/value.ts";

const COMPONENTS = ["traefik", "servicelb"];
const EXPOSED = /hostPort:|hostNetwork:\s*true|type:\s*(?:LoadBalancer|NodePort)|exposedPort:/;

export default defineRule({
  id: "IN-08",
  severity: { edge: "block", hub: "off" },
  title: {
    en: "K3s starts its ingress and load balancer",
    de: "K3s startet Ingress und Load-Balancer mit",
    es: "K3s arranca su ingress y su balanceador",
    zh: "K3s 启动自带的 ingress 与负载均衡",
  },
  why: {
    en: "By default a K3s server runs Traefik and ServiceLB, which open ports 80 and 443 on every node and cost memory.",
    de: "Ein K3s-Server startet ohne Weiteres Traefik und ServiceLB; sie öffnen Port 80 und 443 an jedem Knoten und kosten Speicher.",
    es: "Por defecto un servidor K3s ejecuta Traefik y ServiceLB, que abren los puertos 80 y 443 en cada nodo y gastan memoria.",
    zh: "K3s 服务器默认运行 Traefik 和 ServiceLB，会在每个节点开放 80、443 端口并占用内存。",
  },
  message: {
    en: "{what} keeps {component} enabled.",
    de: "{what} lässt {component} eingeschaltet.",
    es: "{what} mantiene activo {component}.",
    zh: "{what} 未关闭 {component}。",
  },
  fix: {
    en: "Add traefik and servicelb to disable, and remove exposed ports.",
    de: "traefik und servicelb unter disable aufnehmen und freigegebene Ports entfernen.",
    es: "Añada traefik y servicelb a disable y quite los puertos expuestos.",
    zh: "在 disable 中加入 traefik 和 servicelb，并移除对外端口。",
  },
  source: "https://docs.k3s.io/installation/packaged-components",
  check: (context) => [
    ...nodeConfigs(context)
      .filter(isNodeServerConfig)
      .flatMap(({ path, doc, line }) => {
        const off = new Set([doc.disable].flat().flatMap((name) => word(name).split(",")));
        const on = COMPONENTS.filter((name) => !off.has(name));
        if (on.length === 0) return [];
        return [
          {
            path,
            line: line("disable"),
            pointer: "/disable",
            values: { what: path, component: on.join(", ") },
          },
        ];
      }),
    ...each(ofKind(judged(context), "helm.cattle.io/HelmChartConfig"), function* (manifest) {
      if (manifest.name !== "traefik" || !EXPOSED.test(word(map(manifest.doc.spec).valuesContent))) return;
      yield hit(manifest, {
        pointer: "/spec/valuesContent",
        values: { what: manifest.name, component: "expose" },
      });
    }),
  ],
  examples: {
    bad: [
      {
        "k3s/config.yaml": `write-kubeconfig-mode: "0600"
disable: [traefik]
`,
      },
    ],
    good: [
      {
        "k3s/config.yaml": `write-kubeconfig-mode: "0600"
disable: [traefik, servicelb]
`,
      },
      {
        "k3s/agent.yaml": `server: https://10.0.0.1:6443
node-label: [a=b]
`,
      },
    ],
  },
});
