/** The simulator refused, with its sentence as the message. */
export class SimulatorRefusal extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.name = 'SimulatorRefusal';
    this.status = status;
  }
}

export interface Ask {
  json<T>(method: string, path: string, body?: unknown): Promise<T>;
  text(method: string, path: string, body?: unknown): Promise<string>;
}

/** Asks the control surface at `…/_sim`. */
export function asker(control: string): Ask {
  const text = async (method: string, path: string, body?: unknown): Promise<string> => {
    const response = await fetch(`${control}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const answer = await response.text();
    if (!response.ok) throw new SimulatorRefusal(sentenceOf(answer), response.status);
    return answer;
  };
  return { text, json: async (method, path, body) => JSON.parse(await text(method, path, body)) };
}

function sentenceOf(answer: string): string {
  try {
    const { error } = JSON.parse(answer);
    return typeof error === 'string' ? error : answer;
  } catch {
    return answer;
  }
}
