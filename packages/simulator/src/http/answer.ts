/** What goes back on the wire. `errorNumber` and `note` are for the request log only. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  readonly errorNumber?: number | undefined;
}

const JSON_TYPE = 'application/json;charset=utf-8';

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': JSON_TYPE, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

export function text(
  status: number,
  body: string,
  type = 'text/plain; charset=utf-8',
  headers: Record<string, string> = {},
): Answer {
  return { status, headers: { 'content-type': type, ...headers }, body };
}

export function image(body: Buffer, type: string): Answer {
  return { status: 200, headers: { 'content-type': type, 'cache-control': 'public, max-age=86400' }, body };
}
