import { between, defineOverlay, type Fields, one, unless, when } from "../overlay.ts";

/** Each type of filter, and the one field that belongs to it. */
const filters = {
  RequestHeaderModifier: "requestHeaderModifier",
  ResponseHeaderModifier: "responseHeaderModifier",
  RequestMirror: "requestMirror",
  ExtensionRef: "extensionRef",
};
const httpFilters = {
  ...filters,
  RequestRedirect: "requestRedirect",
  URLRewrite: "urlRewrite",
  CORS: "cors",
  ExternalAuth: "externalAuth",
};
const pair = (types: Readonly<Record<string, string>>) =>
  Object.entries(types).flatMap(([type, field]) => [
    when("type", [type], { need: [field] }),
    unless("type", [type], { never: [field] }),
  ]);
const path = {
  type: one("ReplaceFullPath", "ReplacePrefixMatch"),
} satisfies Fields;

const port = between(1, 65_535);
const backendRefs = { port } satisfies Fields;

/** Enums and bounds the packages lost on their way from Go, and the CEL rules of filters. Source: apis/v1 of gateway-api. */
export default defineOverlay({
  name: "Gateway API",
  version: "1.5.1",
  source: "https://gateway-api.sigs.k8s.io/reference/spec/",
  groups: [],
  conditions: {
    "gateway.networking.k8s.io/v1/HTTPRoute": { "/spec/rules/0/filters/0": pair(httpFilters) },
    "gateway.networking.k8s.io/v1/GRPCRoute": { "/spec/rules/0/filters/0": pair(filters) },
  },
  extend: {
    "gateway.networking.k8s.io/v1/HTTPRoute": {
      spec: {
        rules: {
          backendRefs,
          filters: {
            type: one(...Object.keys(httpFilters)),
            requestRedirect: { path },
            externalAuth: { protocol: one("HTTP", "GRPC") },
          },
        },
      },
    },
    "gateway.networking.k8s.io/v1/GRPCRoute": {
      spec: { rules: { backendRefs, filters: { type: one(...Object.keys(filters)) } } },
    },
    "gateway.networking.k8s.io/v1/Gateway": {
      spec: {
        listeners: { port },
        allowedListeners: { namespaces: { from: one("All", "Same", "Selector", "None") } },
      },
    },
  },
});
