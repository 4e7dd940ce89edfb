import { each, hit, judged, ofGroup, seconds } from "#model/manifest.ts";
import { defineRule } from "#model/rule.ts";
import { map, word } from "#model/value.ts";

/** Five minutes: shorter is meant for one cluster, not for a fleet. */
const MINIMUM_SECONDS = 300;

export default defineRule({
  id: "GO-05",
  severity: { edge: "warn", hub: "off" },
  title: {
    en: "A source is polled too often for a fleet",
    de: "Eine Quelle wird für eine Flotte zu oft abgefragt",
    es: "Una fuente se consulta demasiado para una flota",
    zh: "源的轮询对车队而言过于频繁",
  },
  why: {
    en: "10,000 sites that ask every minute are 167 requests a second on one Git server.",
    de: "10.000 Standorte, die jede Minute fragen, sind 167 Anfragen je Sekunde an einen Git-Server.",
    es: "10.000 sitios que preguntan cada minuto son 167 peticiones por segundo a un servidor Git.",
    zh: "一万个站点每分钟轮询一次，就是对一台 Git 服务器每秒 167 次请求。",
  },
  message: {
    en: "{object} is polled every {interval}.",
    de: "{object} wird alle {interval} abgefragt.",
    es: "{object} se consulta cada {interval}.",
    zh: "{object} 每 {interval} 轮询一次。",
  },
  fix: {
    en: "Use 15m or more.",
    de: "15m oder mehr verwenden.",
    es: "Use 15m o más.",
    zh: "改为 15m 或更长。",
  },
  source: "https://fluxcd.io/flux/components/source/gitrepositories/#interval",
  check: (context) =>
    each(ofGroup(judged(context), "source.toolkit.fluxcd.io"), function* (manifest) {
      const interval = map(manifest.doc.spec).interval;
      const every = seconds(interval);
      if (every !== undefined && every < MINIMUM_SECONDS) {
        yield hit(manifest, { pointer: "/spec/interval", values: { interval: word(interval) } });
      }
    }),
  examples: {
    bad: [
      {
        "a.yaml":
          "{apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: {name: a}, spec: {interval: 1m}}\n",
      },
    ],
    good: [
      {
        "a.yaml":
          "{apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: {name: a}, spec: {interval: 15m}}\n",
      },
    ],
  },
});
