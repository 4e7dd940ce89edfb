/** Words of region names, and the time zone most of their people live in; IANA names. */
const zones: readonly [RegExp, string][] = [
  [/^(?:us|usa|na)-?west\b/, "America/Los_Angeles"],
  [/^(?:us|usa|na)-?central\b/, "America/Chicago"],
  [/^(?:us|usa|na)-?(?:east\b|$)/, "America/New_York"],
  [/\b(?:ca|canada)\b/, "America/Toronto"],
  [/\b(?:mx|mexico)\b/, "America/Mexico_City"],
  [/\b(?:br|brazil|brasil|latam)\b/, "America/Sao_Paulo"],
  [/^eu-?north|\b(?:se|sweden|nordics?)\b/, "Europe/Stockholm"],
  [/\b(?:uk|gb|britain)\b/, "Europe/London"],
  [/\b(?:es|spain|spanien|espana)\b/, "Europe/Madrid"],
  [/\b(?:fr|france|frankreich|francia)\b/, "Europe/Paris"],
  [/\b(?:it|italy|italien|italia)\b/, "Europe/Rome"],
  [/\b(?:pl|poland|polen|polonia)\b/, "Europe/Warsaw"],
  [/^eu\b|\b(?:de|dach|germany|deutschland|alemania)\b/, "Europe/Berlin"],
  [/\b(?:cn|china|beijing|shanghai)\b/, "Asia/Shanghai"],
  [/\b(?:jp|japan|tokyo)\b/, "Asia/Tokyo"],
  [/\b(?:in|india|indien)\b/, "Asia/Kolkata"],
  [/\b(?:apac|sg|singapore)\b/, "Asia/Singapore"],
  [/\b(?:au|australia|australien)\b/, "Australia/Sydney"],
  [/\b(?:za|south-africa)\b/, "Africa/Johannesburg"],
];

/** A first guess at the time zone of a region by its name, else UTC; a person sets what is right. */
export function timeZoneOf(region: string): string {
  return zones.find(([words]) => words.test(region))?.[1] ?? "Etc/UTC";
}
