import { applied, containersOf, each, hit, mebibytes, withPods } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map, word } from "#model/value.ts";

/** Resources that cannot be overcommitted: the request is the limit, or nothing. Source: ValidateResourceRequirements. */
const isExtended = (name: string) =>
  name.startsWith("hugepages-") || /^(?!.*kubernetes\.io\/).+\/.+$/.test(name);

export default defineRule({
  id: "VAL-01",
  severity: "block",
  title: {
    en: "A request above its limit",
    de: "Eine Anforderung über ihrem Limit",
    es: "Una solicitud por encima de su límite",
    zh: "请求值超过限制值",
  },
  why: {
    en: "The API server refuses the pod, so the workload never starts.",
    de: "Der API-Server lehnt den Pod ab, die Anwendung startet also nie.",
    es: "El servidor de API rechaza el pod, así que la carga nunca arranca.",
    zh: "API 服务器会拒绝该 Pod，工作负载无法启动。",
  },
  message: {
    en: "{object}: {container} requests {request} {resource}, but its limit is {limit}.",
    de: "{object}: {container} fordert {request} {resource} an, das Limit ist aber {limit}.",
    es: "{object}: {container} solicita {request} de {resource}, pero su límite es {limit}.",
    zh: "{object}：{container} 请求 {resource} {request}，而限制为 {limit}。",
  },
  fix: {
    en: "Raise the limit to {request}, or lower the request.",
    de: "Das Limit auf {request} anheben oder die Anforderung senken.",
    es: "Suba el límite a {request} o baje la solicitud.",
    zh: "把限制提高到 {request}，或降低请求值。",
  },
  source:
    "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#requests-and-limits",
  check: (context) =>
    each(withPods(applied(context)), function* (manifest) {
      for (const { fields, name, pointer } of containersOf(manifest)) {
        const { requests, limits } = map(fields.resources);
        for (const [resource, asked] of Object.entries(map(requests))) {
          const given = map(limits)[resource];
          const [request, limit] = [mebibytes(asked), mebibytes(given)];
          if (request === undefined || limit === undefined) continue;
          const isFine = isExtended(resource) ? request === limit : request <= limit;
          if (isFine) continue;
          yield hit(manifest, {
            pointer: `${pointer}/resources/requests/${resource.replaceAll("/", "~1")}`,
            values: { container: name, resource, request: word(asked), limit: word(given) },
          });
        }
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: till, image: "till:1.0.0", resources: {requests: {memory: 1Gi}, limits: {memory: 512Mi}}}]}}\n',
      },
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: till, image: "till:1.0.0", resources: {requests: {cpu: 1}, limits: {cpu: 500m}}}]}}\n',
      },
    ],
    good: [
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: till, image: "till:1.0.0", resources: {requests: {cpu: 100m, memory: 1024Mi}, limits: {memory: 1Gi, "example.com/npu": 1}}}]}}\n',
      },
      {
        "a.yaml":
          '{apiVersion: v1, kind: Pod, metadata: {name: till, namespace: apps}, spec: {containers: [{name: till, image: "till:1.0.0", resources: {requests: {memory: "${memory}"}, limits: {memory: 64Mi}}}]}}\n',
      },
    ],
  },
});
