import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { yamlFile } from "../tree.ts";

/** Alert rules for the hub: silence longer than the longest outage, never NotReady. */
export function hub(context: LayOutContext): File[] {
  const { silenceHours } = context.decisions.observability.params;
  const silence = `${silenceHours} hours`;
  const rule = (
    alert: string,
    expr: string,
    fields: { for?: string; severity: string; summary: string },
  ) => ({
    alert,
    expr,
    ...(fields.for && { for: fields.for }),
    labels: { severity: fields.severity },
    annotations: { summary: fields.summary },
  });
  return [
    yamlFile(context, "hub/alerts/edge-sites.yaml", {
      purpose:
        "Alert rules for the hub, never applied at a site: silence longer than an outage may last, not NotReady.",
      documents: {
        groups: [
          {
            name: "edge-sites",
            interval: "5m",
            rules: [
              rule(
                "EdgeSiteSilent",
                `time() - max by (site, region, set) (last_over_time(edge_heartbeat_timestamp_seconds[30d])) > ${Math.round(silenceHours * 3_600)}`,
                {
                  severity: "warning",
                  summary: `No sign of life for more than ${silence}, the longest outage this fleet expects.`,
                },
              ),
              rule(
                "EdgeRegionSilent",
                "count by (region) (time() - last_over_time(edge_heartbeat_timestamp_seconds[30d]) > 3600) / count by (region) (last_over_time(edge_heartbeat_timestamp_seconds[30d])) > 0.5",
                {
                  for: "30m",
                  severity: "critical",
                  summary:
                    "More than half of a region is silent: look at the hub, the mirror or the carrier first.",
                },
              ),
              rule("EdgeBufferFull", "increase(vmagent_remotewrite_packets_dropped_total[1h]) > 0", {
                severity: "warning",
                summary: "A site dropped measurements: its outage was longer than its disk buffer.",
              }),
              rule(
                "EdgeCertificateExpires",
                "kubelet_certificate_manager_client_expiration_seconds - time() < 30 * 86400",
                {
                  for: "1h",
                  severity: "critical",
                  summary: "A node certificate expires within 30 days: restart or upgrade this site in time.",
                },
              ),
            ],
          },
        ],
      },
    }),
  ];
}
