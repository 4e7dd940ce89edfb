import type { IncomingMessage } from "node:http";

/** What the fake counts in every answer; the same tokens in each provider's words. */
export const counted = { input: 1_200, output: 80, cached: 1_024, reasoning: 16 };

/** A tool that the model wants called. */
export type Call = { name: string; args: object };

export type End = "stop" | "length" | "filter" | "refusal";
/** The wire of one API: how it begins, goes on, ends and fails, as text to write on the socket. */
export type Dialect = {
  name: "chat" | "responses" | "anthropic" | "google" | "ollama";
  mime: string;
  begin: (model: string) => string;
  piece: (text: string, at: number) => string;
  end: (kind: End, whole: string, model: string) => string;
  /** A whole stream in which the model asks for tools instead of answering. */
  calls: (calls: readonly Call[], model: string) => string;
  /** An error in the middle of a stream that began well. */
  error: () => string;
  /** The body of an HTTP error. */
  body: (status: number, code: string, message: string) => string;
  /** How the provider says no, or that a filter stepped in: in the stream (`end`), or as an HTTP error. */
  filter: { status: number; code: string; message: string } | "stream";
};

const sse = (data: object, event?: string) =>
  `${event ? `event: ${event}\n` : ""}data: ${JSON.stringify(data)}\n\n`;
const json = (value: object) => JSON.stringify(value);

const chat: Dialect = {
  name: "chat",
  mime: "text/event-stream",
  begin: (model) => sse(chatChunk(model, { role: "assistant", content: "" })),
  piece: (content) => sse(chatChunk("m", { content })),
  end(kind, _, model) {
    const finish = { stop: "stop", length: "length", filter: "content_filter", refusal: "stop" }[kind];
    const refused = kind === "refusal" ? sse(chatChunk(model, { refusal: "I cannot help with that." })) : "";
    return refused + chatEnd(model, finish);
  },
  calls(calls, model) {
    const pieces = calls.flatMap(({ name, args }, index) => {
      const [first, second] = halves(args);
      const piece = (call: object) => sse(chatChunk(model, { tool_calls: [{ index, ...call }] }));
      return [
        piece({ id: callId(index), type: "function", function: { name, arguments: first } }),
        piece({ function: { arguments: second } }),
      ];
    });
    const whole = [chat.begin(model), ...pieces, chatEnd(model, "tool_calls")].join("");
    return whole.replaceAll("chatcmpl-1", `chatcmpl-${callId(0)}`);
  },
  error: () => sse({ error: { message: "The server had an error", type: "server_error", code: null } }),
  body: (_, code, message) => json({ error: { message, type: code, code, param: null } }),
  filter: "stream",
};

function chatEnd(model: string, finish: string): string {
  const usage = {
    prompt_tokens: counted.input,
    completion_tokens: counted.output,
    total_tokens: counted.input + counted.output,
    prompt_tokens_details: { cached_tokens: counted.cached },
    completion_tokens_details: { reasoning_tokens: counted.reasoning },
  };
  return [
    sse(chatChunk(model, {}, finish)),
    sse({ ...chatChunk(model, {}), choices: [], usage }),
    "data: [DONE]\n\n",
  ].join("");
}

/** Arguments come in pieces, as everything does. */
function halves(args: object): [string, string] {
  const text = json(args);
  return [text.slice(0, 6), text.slice(6)];
}

let callCount = 0;
/** Never the same twice, as a message of the same id would replace the one before. */
const callId = (index: number) => `call_${++callCount}_${index}`;

function chatChunk(model: string, delta: object, finish_reason: string | null = null) {
  return {
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1,
    model,
    choices: [{ index: 0, delta, finish_reason }],
  };
}

const responses: Dialect = {
  name: "responses",
  mime: "text/event-stream",
  begin: (model) =>
    [
      event("response.created", {
        response: { ...response(model, "", "stop"), status: "in_progress", output: [] },
      }),
      event("response.output_item.added", {
        output_index: 0,
        item: { id: "msg_1", type: "message", role: "assistant", status: "in_progress", content: [] },
      }),
      event("response.content_part.added", {
        ...part,
        part: { type: "output_text", text: "", annotations: [] },
      }),
    ].join(""),
  piece: (delta) => event("response.output_text.delta", { ...part, delta }),
  end(kind, whole, model) {
    const refused = { ...part, refusal: "I cannot help with that." };
    const whole_ = response(model, whole, kind);
    return [
      kind === "refusal" ? event("response.refusal.done", refused) : "",
      event(whole_.status === "incomplete" ? "response.incomplete" : "response.completed", {
        response: whole_,
      }),
    ].join("");
  },
  calls(calls, model) {
    const items = calls.map(({ name, args }, index) => {
      const id = callId(index);
      return {
        id: `fc_${id}`,
        type: "function_call",
        call_id: id,
        name,
        arguments: json(args),
        status: "completed",
      };
    });
    const whole = { ...response(model, "", "stop"), output: items };
    const pieces = items.flatMap((item, output_index) => [
      event("response.output_item.added", {
        output_index,
        item: { ...item, arguments: "", status: "in_progress" },
      }),
      event("response.function_call_arguments.delta", {
        item_id: item.id,
        output_index,
        delta: item.arguments,
      }),
      event("response.output_item.done", { output_index, item }),
    ]);
    return [
      event("response.created", { response: { ...whole, status: "in_progress", output: [] } }),
      ...pieces,
      event("response.completed", { response: whole }),
    ]
      .join("")
      .replaceAll("resp_1", `resp_${callId(0)}`);
  },
  error: () => event("error", { code: "server_error", message: "The server had an error", param: null }),
  body: chat.body,
  filter: "stream",
};

const part = { item_id: "msg_1", output_index: 0, content_index: 0 };
const event = (type: string, data: object) => sse({ type, sequence_number: 1, ...data }, type);

function response(model: string, text: string, kind: End) {
  const reason = {
    length: "max_output_tokens",
    filter: "content_filter",
    stop: undefined,
    refusal: undefined,
  }[kind];
  const content =
    kind === "refusal"
      ? { type: "refusal", refusal: "I cannot help with that." }
      : { type: "output_text", text, annotations: [] };
  return {
    id: "resp_1",
    object: "response",
    created_at: 1,
    model,
    status: reason ? "incomplete" : "completed",
    incomplete_details: reason ? { reason } : null,
    output: [{ id: "msg_1", type: "message", role: "assistant", status: "completed", content: [content] }],
    usage: {
      input_tokens: counted.input,
      output_tokens: counted.output,
      total_tokens: counted.input + counted.output,
      input_tokens_details: { cached_tokens: counted.cached },
      output_tokens_details: { reasoning_tokens: counted.reasoning },
    },
    error: null,
    tools: [],
    tool_choice: "auto",
    parallel_tool_calls: true,
  };
}

const anthropic: Dialect = {
  name: "anthropic",
  mime: "text/event-stream",
  begin: (model) =>
    anthropicStart(model) +
    typed("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
  piece: (text) => typed("content_block_delta", { index: 0, delta: { type: "text_delta", text } }),
  calls(calls, model) {
    const blocks = calls.flatMap(({ name, args }, index) => {
      const [first, second] = halves(args);
      const delta = (partial_json: string) =>
        typed("content_block_delta", { index, delta: { type: "input_json_delta", partial_json } });
      return [
        typed("content_block_start", {
          index,
          content_block: { type: "tool_use", id: `toolu_${callId(index)}`, name, input: {} },
        }),
        delta(first),
        delta(second),
        typed("content_block_stop", { index }),
      ];
    });
    const last = typed("message_delta", {
      delta: { stop_reason: "tool_use", stop_sequence: null },
      usage: { output_tokens: counted.output },
    });
    const start = anthropicStart(model).replace("msg_1", `msg_${callId(0)}`);
    return [start, ...blocks, last, typed("message_stop", {})].join("");
  },
  end(kind) {
    const stop = { stop: "end_turn", length: "max_tokens", filter: "end_turn", refusal: "refusal" }[kind];
    return [
      typed("content_block_stop", { index: 0 }),
      typed("message_delta", {
        delta: { stop_reason: stop, stop_sequence: null },
        usage: { output_tokens: counted.output },
      }),
      typed("message_stop", {}),
    ].join("");
  },
  error: () => typed("error", { error: { type: "overloaded_error", message: "Overloaded" } }),
  body: (_, code, message) => json({ type: "error", error: { type: code, message } }),
  filter: {
    status: 400,
    code: "invalid_request_error",
    message: "Output blocked by content filtering policy",
  },
};

function anthropicStart(model: string): string {
  return typed("message_start", {
    message: {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      // Anthropic counts what came from its cache apart from the rest.
      usage: {
        input_tokens: counted.input - counted.cached,
        cache_read_input_tokens: counted.cached,
        cache_creation_input_tokens: 0,
        output_tokens: 1,
      },
    },
  });
}

const typed = (type: string, data: object) => sse({ type, ...data }, type);

const google: Dialect = {
  name: "google",
  mime: "text/event-stream",
  begin: () => "",
  piece: (text) => candidate(text),
  end: (kind) =>
    candidate(
      "",
      { stop: "STOP", length: "MAX_TOKENS", filter: "PROHIBITED_CONTENT", refusal: "SAFETY" }[kind],
    ),
  calls: (calls) =>
    candidateOf(
      calls.map(({ name, args }) => ({ functionCall: { name, args } })),
      "STOP",
    ),
  error: () => sse({ error: { code: 503, message: "The model is overloaded.", status: "UNAVAILABLE" } }),
  body: (status, code, message) => json({ error: { code: status, message, status: code.toUpperCase() } }),
  filter: "stream",
};

function candidate(text: string, finishReason?: string) {
  return candidateOf([{ text }], finishReason);
}

function candidateOf(parts: object[], finishReason?: string) {
  return sse({
    candidates: [{ content: { role: "model", parts }, index: 0, ...(finishReason && { finishReason }) }],
    // Sent with every piece, as running sums.
    usageMetadata: {
      promptTokenCount: counted.input,
      cachedContentTokenCount: counted.cached,
      candidatesTokenCount: counted.output - counted.reasoning,
      thoughtsTokenCount: counted.reasoning,
      totalTokenCount: counted.input + counted.output,
    },
    modelVersion: "gemini",
  }).replaceAll("\n\n", "\r\n\r\n");
}

const ollama: Dialect = {
  name: "ollama",
  mime: "application/x-ndjson",
  begin: () => "",
  piece: (content) => line({ message: { role: "assistant", content }, done: false }),
  end: (kind) => ollamaEnd(kind === "length" ? "length" : "stop"),
  calls: (calls) => {
    const tool_calls = calls.map(({ name, args }) => ({ function: { name, arguments: args } }));
    return line({ message: { role: "assistant", content: "", tool_calls }, done: false }) + ollamaEnd("stop");
  },
  error: () => `${json({ error: "model runner has unexpectedly stopped" })}\n`,
  body: (_, __, message) => json({ error: message }),
  filter: "stream",
};

const ollamaEnd = (done_reason: string) =>
  line({
    message: { role: "assistant", content: "" },
    done: true,
    done_reason,
    prompt_eval_count: counted.input,
    eval_count: counted.output,
  });

const line = (data: object) => `${json({ model: "m", created_at: "2026-11-21T00:00:00Z", ...data })}\n`;

/** The dialect that a request is written in, by its path. */
export function dialectOf({ url = "" }: IncomingMessage): Dialect {
  if (url.includes("/messages")) return anthropic;
  if (url.includes(":streamGenerateContent")) return google;
  if (url.endsWith("/responses")) return responses;
  return url.endsWith("/api/chat") ? ollama : chat;
}
