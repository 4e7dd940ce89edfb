import { each, FLUX_DURATION, groupOf, hit, isTemplated, judged } from "#model/manifest.ts";
import { isFlux } from "#model/policy.ts";
import { defineRule } from "#model/rule.ts";
import { map, word } from "#model/value.ts";

const GO_DURATION = /^(?:[0-9]+(?:\.[0-9]+)?(?:ns|us|µs|ms|s|m|h))+$/;

export default defineRule({
  id: "GO-01",
  severity: "block",
  title: {
    en: "A duration the engine cannot read",
    de: "Eine Dauer, die die Engine nicht lesen kann",
    es: "Una duración que el motor no entiende",
    zh: "引擎无法解析的时长",
  },
  why: {
    en: "The API server or the controller refuses the object, at every site at once.",
    de: "API-Server oder Controller lehnen das Objekt ab, an jedem Standort zugleich.",
    es: "El servidor de API o el controlador rechaza el objeto en todos los sitios a la vez.",
    zh: "API 服务器或控制器会拒绝该对象，而且所有站点同时如此。",
  },
  message: {
    en: '{object}: {field} is "{value}".',
    de: "{object}: {field} ist „{value}“.",
    es: "{object}: {field} es «{value}».",
    zh: "{object}：{field} 的值为 “{value}”。",
  },
  fix: {
    en: "Write it as number and unit, such as 15m or 1h30m.",
    de: "Als Zahl und Einheit schreiben, etwa 15m oder 1h30m.",
    es: "Escriba número y unidad, como 15m o 1h30m.",
    zh: "写成数字加单位，例如 15m 或 1h30m。",
  },
  source: "https://fluxcd.io/flux/components/kustomize/kustomizations/#interval",
  check: (context) =>
    each(judged(context), function* (manifest) {
      const spec = map(manifest.doc.spec);
      const wrong = (pointer: string, field: string, value: string) =>
        hit(manifest, { pointer, values: { field, value } });
      if (isFlux(manifest)) {
        for (const field of ["interval", "retryInterval", "timeout"]) {
          if (spec[field] === undefined || spec[field] === null) continue;
          const value = word(spec[field]);
          const noHours = field === "timeout" && manifest.kind === "GitRepository" && /h/.test(value);
          if (isTemplated(value) || (FLUX_DURATION.test(value) && !noHours)) continue;
          yield wrong(`/spec/${field}`, field, value);
        }
      }
      if (groupOf(manifest) !== "argoproj.io" || manifest.kind !== "Application") return;
      const backoff = map(map(map(spec.syncPolicy).retry).backoff);
      for (const field of ["duration", "maxDuration"]) {
        const value = word(backoff[field]);
        if (value === "" || GO_DURATION.test(value) || /^\d+$/.test(value) || isTemplated(value)) continue;
        yield wrong(`/spec/syncPolicy/retry/backoff/${field}`, field, value);
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: {name: a}, spec: {interval: 10 minutes}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: {name: a}, spec: {interval: 15m, timeout: 60s}}\n",
      },
    ],
  },
});
