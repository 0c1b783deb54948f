/** Limits for one attempt: the time from the first byte sent to the last byte received, and the size of the answer. */
export interface AnswerBounds {
  /** The time limit, in milliseconds. */
  readonly time: number;
  /** The size limit, in bytes. */
  readonly size: number;
}

interface Answered {
  response: unknown;
}

interface Stack {
  add(
    middleware: (next: (args: never) => Promise<Answered>) => (args: never) => Promise<Answered>,
    options: { readonly step: 'deserialize'; readonly priority: 'low'; readonly name: string },
  ): void;
}

/**
 * Returns a plugin for SDK clients that reads each answer completely before the client does. The SDK limits only the time until the headers
 * arrive: it would wait for a stalled body, and never stop reading an endless body. A body that takes too much time is retried, like any
 * timeout; a body that is too large is not.
 */
export function boundedAnswers({ time, size }: AnswerBounds): { readonly applyToStack: (stack: Stack) => void } {
  return {
    applyToStack(stack) {
      // Added as the innermost step, so that it runs for each attempt.
      stack.add(
        (next) => async (args) => {
          const end = Date.now() + time;
          const result = await next(args);
          const answer = result.response as { body?: unknown }; // an HttpResponse
          if (isStream(answer.body)) answer.body = await readWhole(answer.body, size, end, time);
          return result;
        },
        { step: 'deserialize', priority: 'low', name: 'keywrightBoundedAnswers' },
      );
    },
  };
}

interface BodyStream extends AsyncIterable<Uint8Array> {
  destroy(error?: Error): void;
}

function isStream(body: unknown): body is BodyStream {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body;
}

async function readWhole(body: BodyStream, size: number, end: number, time: number): Promise<Uint8Array> {
  const tooSlow = () => {
    const error = new Error(`the answer did not end within ${time / 1000} seconds`);
    body.destroy(Object.assign(error, { name: 'TimeoutError', code: 'ETIMEDOUT' }));
  };
  const timer = setTimeout(tooSlow, Math.max(0, end - Date.now()));
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.length;
      if (length > size) throw new Error(`the answer is longer than ${size} bytes`);
      chunks.push(chunk);
    }
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks);
}
