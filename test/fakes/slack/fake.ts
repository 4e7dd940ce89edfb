import { acts } from "./acts.ts";
import { Courier } from "./deliver.ts";
import { Faults } from "./faults.ts";
import { interactions } from "./interact.ts";
import { Rates } from "./rates.ts";
import { listen } from "./server.ts";
import { Sockets } from "./sockets.ts";
import { transcriptOf } from "./transcript.ts";
import type { FakeOptions, FakeSlack, Json } from "./types.ts";
import { settled, waitFor } from "./wait.ts";
import { World } from "./world.ts";

type Methods = Record<string, (...args: Json[]) => Promise<Json>>;

/** Starts the workspace and everything people and tests can do with it. */
export async function startFake(options: FakeOptions = {}): Promise<FakeSlack> {
  const world = new World(options);
  const faults = new Faults();
  const rates = new Rates(world);
  const more = {};
  const control = async ({ op, args = [] }: Json): Promise<Json> => {
    try {
      const target = op.startsWith("clock.") ? fake.clock : fake;
      return { value: await (target as unknown as Methods)[op.replace("clock.", "")]!(...args) };
    } catch (error) {
      return { error: String((error as Error).message) };
    }
  };
  const server = await listen({ world, faults, rates, more, control });
  const sockets = new Sockets(world, server);
  Object.assign(more, sockets.methods);
  const courier = new Courier(world, sockets);
  const mine = (id: string) => {
    const channel = world.channel(id);
    if (!channel) throw new Error(`no channel ${id}`);
    return channel;
  };

  const fake: FakeSlack = {
    apiUrl: `${world.base}/api/`,
    uploadUrl: `${world.base}/upload/v1/`,
    tokens: world.tokens,
    team: world.team,
    bot: world.bot,
    async connectHttp(url, { verify = false } = {}) {
      courier.urls = url === undefined ? [] : [url].flat();
      for (const address of verify ? courier.urls : [])
        if (!(await courier.verify(address))) throw new Error(`${address} did not answer the challenge`);
    },
    addresses: async () => copy(courier.urls),
    sockets: async () => sockets.count(),
    ...acts(world, courier),
    ...interactions(world, courier),

    messages: async (channel, thread_ts) => {
      const all = world.messages.get(mine(channel).id)!;
      return copy(
        all.filter((message) => !thread_ts || (message.thread_ts === thread_ts && message.ts !== thread_ts)),
      );
    },
    thread: async (channel, ts) => copy(world.thread(channel, ts)),
    message: async (channel, ts) => copy(world.message(channel, ts)),
    ephemerals: async (user) => copy(world.ephemerals.filter(({ only_for }) => !user || only_for === user)),
    files: async () => copy([...world.files.values()]),
    views: async (user) =>
      copy(
        [...world.views.values()].filter(
          (view) => view.type === "modal" && view.open && (!user || view.user === user),
        ),
      ),
    homes: async () => copy(Object.fromEntries(world.homes)),
    calls: async (method) => copy(world.calls.filter((call) => !method || call.method === method)),
    streams: async () => copy([...world.streams.values()]),
    sessions: async () => copy([...world.sessions.values()]),
    statuses: async () => copy(world.statuses),
    prompts: async () => copy(world.prompts),
    titles: async () => copy(world.titles),
    canvases: async () => copy([...world.canvases.values()]),
    violations: async () => copy(world.violations),
    pings: async () => copy(world.pings),
    unfurls: async () => copy(world.unfurls),
    warnings: async () => copy(world.warnings),
    deliveries: async () => copy(world.deliveries),
    undelivered: async () =>
      copy(world.deliveries.filter(({ acked, attempts }) => !acked && attempts.length > 0)),
    transcript: async (channel, thread_ts) => transcriptOf(world, channel, thread_ts),

    fail: async (fault) => faults.add(fault),
    heal: async () => faults.clear(),
    rateLimits: async (on) => rates.reset(on === true ? {} : on === false ? undefined : on),
    async deliver(rules) {
      courier.rules = rules;
    },
    disconnectSockets: async (how, count) => sockets.disconnect(how, count),
    revoke: async (scope) => void world.scopes.delete(scope),
    grant: async (scope) => void world.scopes.add(scope),
    async subscribe(events) {
      world.subscriptions.clear();
      for (const event of events) world.subscriptions.add(event);
    },
    async kick(id) {
      const channel = mine(id);
      channel.members = channel.members.filter((member) => member !== world.bot.user_id);
    },
    async invite(id, user = world.bot.user_id) {
      const channel = mine(id);
      if (channel.members.includes(user)) return;
      channel.members.push(user);
      const event = {
        type: "member_joined_channel",
        user,
        channel: id,
        channel_type: "C",
        team: world.team.id,
      };
      await courier.event({ ...event, inviter: "U0ANNA", event_ts: world.ts() });
    },
    async archive(id) {
      mine(id).is_archived = true;
    },
    clock: {
      now: async () => world.clock.now(),
      advance: (ms) => world.clock.advance(ms),
    },
    pulse: async () => ({
      activity: world.activity,
      underway: courier.underway,
      waiting: courier.waiting,
    }),
    waitFor,
    settled: (wait) => settled(fake.pulse, wait),
    async clear() {
      for (const name of ["calls", "violations", "pings", "unfurls", "warnings", "deliveries"] as const)
        world[name] = [];
    },
    async close() {
      world.clock.stop();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

/** What is observed stays as it was, whatever happens afterwards. */
function copy<T>(value: T): T {
  return structuredClone(value);
}
