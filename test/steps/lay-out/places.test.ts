import { expect, test } from "vitest";
import { timeZoneOf } from "#steps/lay-out/places.ts";

test.each([
  ["eu-north", "Europe/Stockholm"],
  ["us-west", "America/Los_Angeles"],
  ["apac", "Asia/Singapore"],
  ["dach", "Europe/Berlin"],
  ["all", "Etc/UTC"],
  ["region-1", "Etc/UTC"],
  ["inland", "Etc/UTC"],
])("guesses the time zone of %s", (region, zone) => {
  expect(timeZoneOf(region)).toBe(zone);
});
