import { pino } from "pino";
import type { Log } from "#model/platform.ts";
import { blank, blankDeep } from "#model/secrets.ts";

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";
/** Where lines go: anything with `write`. */
export type Lines = { write: (line: string) => void };

/** Makes the log: JSON lines on standard error, which standard output never mixes with; credentials are blanked. */
export function createLog({ level = "info", to }: { level?: LogLevel; to?: Lines } = {}): Log {
  // Written at once, so that the last line before a crash is there.
  const lines = to ?? pino.destination({ fd: 2, sync: true });
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // Numbers mean nothing to people who grep.
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => blankDeep(fields) as typeof fields,
      },
      serializers: { err: (fields) => fields }, // errors became data in `log`; pino's own would not blank them
    },
    lines,
  );
  const at = (name: "debug" | "info" | "warn" | "error") => (fields: object, message: string) =>
    logger[name](fields, blank(message));
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
