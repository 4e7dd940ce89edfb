import { expect, test } from "vitest";
import { createLog, type LogLevel } from "../../src/app/log.ts";

function lines(level?: LogLevel) {
  const written: string[] = [];
  const log = createLog({ ...(level && { level }), to: { write: (line) => written.push(line) } });
  return { log, written, parsed: () => written.map((line) => JSON.parse(line)) };
}

test("writes one JSON object a line with time, level, fields and message", () => {
  const { log, written, parsed } = lines();
  log.info({ conversation: "slack:C1:1" }, "hello\nworld");
  expect(written[0]).toMatch(/^[^\n]*\n$/);
  expect(parsed()[0]).toMatchObject({ level: "info", conversation: "slack:C1:1", msg: "hello\nworld" });
  expect(Date.parse(parsed()[0].time)).toBeGreaterThan(0);
});

test("leaves out what is below its level", () => {
  const { log, written } = lines("warn");
  log.info({}, "no");
  log.warn({}, "yes");
  expect(written).toHaveLength(1);
  const silent = lines("silent");
  silent.log.error({}, "no");
  expect(silent.written).toEqual([]);
});

test("no credential gets through: not in a message, a field, an error, its cause or under a telling name", () => {
  const { log, written, parsed } = lines("debug");
  const token = "xoxb-123456789012-abcdefABCDEF123456";
  const key = "-----BEGIN PRIVATE KEY-----\nTUlJRXZRSUJBREFOQmdrcWhraUc5dzBCQVFF\n-----END PRIVATE KEY-----";
  const err = Object.assign(new TypeError(`bad ${token}`, { cause: new Error(`password: ${token}`) }), {
    token: "plain",
  });
  log.error({ err, headers: { authorization: "Basic abc" }, key, list: [token] }, `with ${token}`);
  expect(written.join("")).not.toMatch(/abcdefABCDEF|TUlJRXZR|plain|Basic abc/);
  expect(parsed()[0].err).toMatchObject({
    name: "TypeError",
    message: "bad ‹secret:slack-token›",
    token: "‹secret:named›",
  });
  expect(parsed()[0].err.stack).toContain("log.test.ts");
});
