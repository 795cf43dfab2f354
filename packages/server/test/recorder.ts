import type { Message, Notify, SendOutcome } from '@winesap/core';

/** A receiver that keeps what it was sent, and answers as it is told. */
export class Recorder implements Notify {
  readonly got: { channel: string; message: Message }[] = [];
  /** What every sending comes to; throwing is dying between sending and writing it down. */
  answer: (message: Message) => SendOutcome | Promise<SendOutcome> = () => ({ kind: 'sent', note: 'HTTP 204' });

  /** What a receiver has that drops repeats by the id. */
  get told(): Message[] {
    return [...new Map(this.got.map(({ message }) => [message.id, message])).values()];
  }

  titles(channel?: string): string[] {
    return this.got
      .filter((one) => channel === undefined || one.channel === channel)
      .map(({ message }) => message.title);
  }

  async send(_kind: string, settings: string, message: Message): Promise<SendOutcome> {
    const outcome = await this.answer(message);
    if (outcome.kind === 'sent') this.got.push({ channel: settings, message });
    return outcome;
  }
}
