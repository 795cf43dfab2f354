import type { Message, Notify, SendOutcome } from '@winesap/core';

/** A receiver that records what it gets, and answers as configured. */
export class Recorder implements Notify {
  readonly got: { channel: string; message: Message }[] = [];
  /** The outcome of every delivery. To throw simulates a crash between sending and recording it. */
  answer: (message: Message) => SendOutcome | Promise<SendOutcome> = () => ({ kind: 'sent', note: 'HTTP 204' });

  /** What remains after the receiver drops repeats by ID. */
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
