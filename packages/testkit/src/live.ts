import { type Api, routes, StreamMessage } from '@winesap/api';
import { patience } from './patience.ts';

type Topic = StreamMessage['topic'];
type Of<T extends Topic> = Extract<StreamMessage, { topic: T }>;

/** The live stream as a watcher receives it. */
export interface Live {
  readonly heard: StreamMessage[];
  /** Returns the first matching message of a topic, including earlier ones. Errors: Error after 15 seconds. */
  hears<T extends Topic>(topic: T, fits?: (message: Of<T>) => boolean): Promise<Of<T>>;
  close(): void;
}

/** Opens the live stream and resolves after its `hello`. Every message is checked against its schema. */
export async function listenLive(api: Api): Promise<Live> {
  const ended = new AbortController();
  const response = await api.open(routes.stream, { signal: ended.signal });
  const heard: StreamMessage[] = [];
  const waiting = new Set<() => void>();
  let broken: unknown;

  const reading = (async () => {
    if (response.body === null) throw new Error('The stream has no body.');
    let rest = '';
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      const frames = (rest + text).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames)
        for (const line of frame.split('\n'))
          if (line.startsWith('data:')) heard.push(StreamMessage.parse(JSON.parse(line.slice(5))));
      for (const look of waiting) look();
    }
  })();
  reading.catch((error: unknown) => {
    if (!ended.signal.aborted) broken = error;
    for (const look of waiting) look();
  });

  const live: Live = {
    heard,
    hears: <T extends Topic>(topic: T, fits: (message: Of<T>) => boolean = () => true) =>
      new Promise<Of<T>>((resolve, reject) => {
        const end = (settle: () => void) => {
          clearTimeout(timer);
          waiting.delete(look);
          settle();
        };
        const look = () => {
          if (broken !== undefined) return end(() => reject(broken));
          const found = heard.find((message): message is Of<T> => message.topic === topic && fits(message as Of<T>));
          if (found !== undefined) end(() => resolve(found));
        };
        const timer = setTimeout(
          () => end(() => reject(new Error(`Nothing fitting heard of ${topic}; heard: ${JSON.stringify(heard)}`))),
          15_000 * patience(),
        );
        waiting.add(look);
        look();
      }),
    close: () => ended.abort(),
  };
  await live.hears('hello');
  return live;
}
