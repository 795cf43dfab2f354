import { type Api, createApi } from '@winesap/api';

/** The API, with a recording of everything it ever answered: headers, bodies, and streams as far as they were sent. */
export function createRecordingApi(baseUrl: string, headers: Record<string, string>, answers: string[]): Api {
  return createApi({
    baseUrl,
    headers,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      answers.push(JSON.stringify([...response.headers]));
      if (response.body === null) return response;
      const decoder = new TextDecoder();
      const record = new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          answers.push(decoder.decode(chunk, { stream: true }));
          controller.enqueue(chunk);
        },
      });
      return new Response(response.body.pipeThrough(record), response);
    },
  });
}
