import { Agent, request } from "node:http";
import type { FakeSlack } from "../../test/fakes/slack.ts";
import { signature } from "../../test/fakes/slack.ts";
import { share } from "../measure.ts";

export type Load = { p50: number; p99: number; perSecond: number; refused: number };

let count = 0;

/** `/edge` from so many connections at once for a while, each as soon as the one before it was acknowledged. */
export async function load(
  fake: FakeSlack,
  url: string,
  { connections, seconds, text }: { connections: number; seconds: number; text: string },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const took: number[] = [];
  let refused = 0;
  const end = performance.now() + seconds * 1000;
  const one = async () => {
    while (performance.now() < end) {
      const start = performance.now();
      const status = await post(url, bodyOf(fake, text), { agent, secret: fake.tokens.signingSecret });
      took.push(performance.now() - start);
      if (status !== 200) refused++;
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  agent.destroy();
  return { p50: share(took, 0.5), p99: share(took, 0.99), perSecond: took.length / seconds, refused };
}

/** So many conversations, one command each, without hurry. */
export async function open(fake: FakeSlack, url: string, conversations: number, text: string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 2 });
  for (let n = 0; n < conversations; n++)
    await post(url, bodyOf(fake, text), { agent, secret: fake.tokens.signingSecret });
  agent.destroy();
}

function bodyOf(fake: FakeSlack, text: string): string {
  const trigger_id = `1.${++count}.bench`;
  return new URLSearchParams({
    ...{ token: "fake", team_id: fake.team.id, team_domain: fake.team.domain },
    ...{ channel_id: "C0EDGE", channel_name: "edge", user_id: "U0ANNA", user_name: "anna" },
    ...{ command: "/edge", text, api_app_id: fake.bot.app_id, is_enterprise_install: "false" },
    response_url: `${fake.apiUrl}none`,
    trigger_id,
  }).toString();
}

function post(
  url: string,
  body: string,
  { agent, secret }: { agent: Agent; secret: string },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...signature(secret, body),
      "content-type": "application/x-www-form-urlencoded",
      "content-length": Buffer.byteLength(body),
    };
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
