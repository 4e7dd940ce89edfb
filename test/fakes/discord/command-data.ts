import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  type APIAttachment,
  type APIUser,
  ApplicationCommandOptionType as O,
  PermissionFlagsBits,
  ApplicationCommandType as T,
} from "discord-api-types/v10";
import { store } from "./attachments.ts";
import { permissionsOf } from "./permissions.ts";
import type { Command, SentFile } from "./types.ts";
import { type Channel, guildOf, type Message, type World } from "./world.ts";

type Input = Omit<Command, "files"> & {
  files?: Record<string, SentFile>;
  type?: T;
  target?: Message;
  /** Name of the option the person is typing in, for autocomplete. */
  partial?: string;
};
type Data = { id: string; name: string; type: T; [field: string]: unknown };

/** What a client sends for a command, or an error where a client would not let the person send it. */
export function commandData(world: World, channel: Channel, user: APIUser, input: Input): Data {
  const type = input.type ?? T.ChatInput;
  const guild = guildOf(world, channel);
  if (guild && world.options.commandsScope === false)
    throw new Error("the bot brought no commands to this server");
  const known = [...(world.commands.get("") ?? []), ...(world.commands.get(guild?.id ?? "-") ?? [])];
  const command = known.find((one) => one.name === input.name && one.type === type);
  if (!command)
    throw new Error(
      `no command "${input.name}"; there are ${known.map(({ name }) => name).join(", ") || "none"}`,
    );
  offered(command, Boolean(guild));
  permitted(world, channel, user, command);
  const base = {
    id: command.id,
    name: command.name,
    type,
    ...(command.guild_id ? { guild_id: command.guild_id } : {}),
  };
  if (input.target)
    return {
      ...base,
      target_id: input.target.id,
      resolved: { messages: { [input.target.id]: input.target } },
    };
  const resolved: Resolved = {};
  const path = input.sub?.split(" ") ?? [];
  return { ...base, options: descend(world, command.options ?? [], path, input, resolved), resolved };
}

/** Whether the person sees the command at all. */
function permitted(world: World, channel: Channel, user: APIUser, command: APIApplicationCommand) {
  const needed = command.default_member_permissions;
  if (!guildOf(world, channel) || needed === null || needed === undefined) return;
  const has = permissionsOf(world, user.id, channel);
  if ((has & BigInt(needed)) === BigInt(needed) && BigInt(needed) !== 0n) return;
  if (has & PermissionFlagsBits.Administrator) return;
  throw new Error(`command "${command.name}" is not offered to ${user.username}`);
}

type Resolved = {
  attachments?: Record<string, APIAttachment>;
  users?: object;
  roles?: object;
  channels?: object;
};

/** Whether the command shows up where the person is. */
function offered({ name, contexts }: APIApplicationCommand, inGuild: boolean) {
  if (!contexts || contexts.includes(inGuild ? 0 : 1)) return;
  throw new Error(`command "${name}" is not offered ${inGuild ? "in servers" : "in direct messages"}`);
}

function descend(
  world: World,
  options: APIApplicationCommandOption[],
  path: string[],
  input: Input,
  resolved: Resolved,
): object[] {
  const [step, ...rest] = path;
  const subs = options.filter((one) => one.type === O.Subcommand || one.type === O.SubcommandGroup);
  if (!step && subs.length)
    throw new Error(`"${input.name}" needs one of ${subs.map(({ name }) => name).join(", ")}`);
  if (!step) return values(world, options, input, resolved);
  const sub = subs.find(({ name }) => name === step);
  if (!sub) throw new Error(`"${input.name}" has no "${step}"`);
  const inner = "options" in sub ? ((sub.options ?? []) as APIApplicationCommandOption[]) : [];
  return [{ name: sub.name, type: sub.type, options: descend(world, inner, rest, input, resolved) }];
}

function values(
  world: World,
  options: APIApplicationCommandOption[],
  input: Input,
  resolved: Resolved,
): object[] {
  const given = new Map<string, unknown>([
    ...Object.entries(input.options ?? {}),
    ...Object.entries(input.files ?? {}),
  ]);
  for (const name of given.keys())
    if (!options.some((one) => one.name === name)) throw new Error(`"${input.name}" has no option "${name}"`);
  return options.flatMap((option) => {
    const value = given.get(option.name);
    const focused = input.partial === option.name;
    if (value === undefined && !focused) {
      if (option.required && !input.partial) throw new Error(`option "${option.name}" is required`);
      return [];
    }
    if (focused) return [{ name: option.name, type: option.type, value: String(value ?? ""), focused }];
    return [{ name: option.name, type: option.type, value: converted(world, option, value, resolved) }];
  });
}

function converted(
  world: World,
  option: APIApplicationCommandOption,
  value: unknown,
  resolved: Resolved,
): unknown {
  if (option.type === O.Attachment) {
    const attachment = attachmentOf(world, value as SentFile);
    resolved.attachments = { ...resolved.attachments, [attachment.id]: attachment };
    return attachment.id;
  }
  const wrong = (what: string) => new Error(`option "${option.name}": ${what}, got ${JSON.stringify(value)}`);
  if (option.type === O.String) {
    if (typeof value !== "string") throw wrong("a text is needed");
    if (value.length > (option.max_length ?? 6_000)) throw wrong("too long");
    if (value.length < (option.min_length ?? 0)) throw wrong("too short");
  }
  if (option.type === O.Integer && !Number.isInteger(value)) throw wrong("a whole number is needed");
  if (option.type === O.Boolean && typeof value !== "boolean") throw wrong("true or false is needed");
  if (option.type === O.Integer || option.type === O.Number) {
    if (Number(value) < (option.min_value ?? -Infinity) || Number(value) > (option.max_value ?? Infinity))
      throw wrong("out of range");
  }
  const choices = "choices" in option ? option.choices : undefined;
  if (choices?.length && !choices.some((one) => one.value === value))
    throw wrong(`one of ${choices.map((one) => one.value).join(", ")} is needed`);
  return value;
}

/** A file a person handed over with a command or a form, downloadable as any attachment. */
export function attachmentOf(world: World, file: SentFile): APIAttachment {
  const data = Buffer.from(file.content as string);
  const type = file.type ?? "application/octet-stream";
  return { ...store(world, "ephemeral-attachments", { name: file.name, type, data }), ephemeral: true };
}
