import { describe, expect, test } from "vitest";
import { silentSocket } from "./bare.ts";
import { boltApp, fakeSlack, twoSockets } from "./bolt.ts";
import type { Json } from "./types.ts";

describe("Socket Mode", () => {
  test("spreads envelopes over the sockets, each to one", async () => {
    const fake = await fakeSlack();
    const seen = [0, 0];
    for (const index of [0, 1])
      await boltApp(fake, "socket", (app) =>
        app.command("/edge", async ({ ack }) => {
          seen[index]! += 1;
          await ack();
        }),
      );
    for (let count = 0; count < 30; count += 1) await fake.command({ user: "U0ANNA", channel: "C0EDGE" });
    expect(seen[0]! + seen[1]!).toBe(30);
    expect(Math.min(...seen)).toBeGreaterThan(3);
  });

  test("takes ten sockets and refuses the eleventh", async () => {
    const fake = await fakeSlack();
    const open = async () => {
      const answer = (await (
        await fetch(`${fake.apiUrl}apps.connections.open`, {
          method: "POST",
          headers: { authorization: `Bearer ${fake.tokens.app}` },
        })
      ).json()) as { url: string };
      const socket = new WebSocket(answer.url);
      return new Promise<Json>((resolve) => {
        socket.onmessage = ({ data }) => resolve({ socket, first: JSON.parse(String(data)) });
      });
    };
    for (let count = 1; count <= 10; count += 1)
      expect((await open()).first).toMatchObject({ type: "hello", num_connections: count });
    expect((await open()).first).toEqual({ type: "disconnect", reason: "too_many_websockets" });
    expect(await fake.sockets()).toBe(10);
  });

  test("one socket leaves a gap at a refresh, two do not", async () => {
    const fake = await fakeSlack();
    const hear = (app: { command(name: string, listen: (args: Json) => Promise<void>): unknown }) =>
      app.command("/edge", ({ ack }) => ack());
    await twoSockets(fake, hear);
    await fake.waitFor(async () => (await fake.sockets()) === 2);
    await fake.disconnectSockets("refresh", 1);
    await fake.waitFor(async () => (await fake.sockets()) === 1);
    expect(await fake.command({ user: "U0ANNA", channel: "C0EDGE" })).toMatchObject({ ack: true });
    await fake.disconnectSockets("warning", 1);
    await fake.waitFor(async () => (await fake.sockets()) === 0);
    expect(await fake.command({ user: "U0ANNA", channel: "C0EDGE" })).toMatchObject({
      ack: false,
      reason: "no_socket",
    });
    await fake.waitFor(async () => (await fake.sockets()) === 2);
    expect(await fake.command({ user: "U0ANNA", channel: "C0EDGE" })).toMatchObject({ ack: true });
  });

  test("a cut socket comes back by itself", async () => {
    const fake = await fakeSlack();
    await twoSockets(fake, (app) => app.command("/edge", ({ ack }) => ack()));
    expect(await fake.disconnectSockets("cut")).toBe(2);
    expect(await fake.sockets()).toBe(0);
    await fake.waitFor(async () => (await fake.sockets()) === 2);
    expect(await fake.command({ user: "U0ANNA", channel: "C0EDGE" })).toMatchObject({ ack: true });
  });

  test("an app that cannot open a socket says so", async () => {
    const fake = await fakeSlack();
    await fake.fail({ method: "apps.connections.open", error: "invalid_auth" });
    await expect(boltApp(fake, "socket", () => {})).rejects.toThrow("invalid_auth");
  });

  test("an envelope whose socket is cut before the answer is tried on the next", async () => {
    const fake = await fakeSlack();
    await fake.deliver({ retryWaitsMs: [50] });
    await boltApp(fake, "socket", () => {});
    const second = await silentSocket(fake);
    for (let count = 0; count < 12; count += 1)
      void fake.say({ user: "U0ANNA", channel: "C0EDGE", text: `${count}` });
    await fake.waitFor(async () => second.held() > 0);
    second.cut();
    await fake.settled();
    expect(await fake.undelivered()).toEqual([]);
    const late = (await fake.deliveries()).filter(({ attempts }) => attempts.length > 1);
    expect(late.length).toBe(second.held());
    expect(late[0]!.attempts).toMatchObject([{ reason: "socket_closed" }, { acked: true }]);
  });
});
