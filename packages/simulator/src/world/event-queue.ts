import type { NotificationType } from '@winesap/contract';
import type { ActiveFault, Faults } from '../faults/faults.ts';
import type { Random } from '../random.ts';
import type { Clock } from '../time/clock.ts';
import { errorOf } from './error-text.ts';
import type { EventType, SimulatedEvent } from './event.ts';
import { hashText } from './hash.ts';
import type { Location } from './location.ts';
import type { Settings } from './settings.ts';
import type { Token } from './token.ts';
import type { Work } from './work.ts';

const ELEMENTS_PER_NOTIFICATION = 100;

/** Tells subscribers of a location. */
export type Notify = (location: Location, type: NotificationType, notification: object) => void;

/** What events need of the world around them. */
export interface EventWorld {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly notify: Notify;
  readonly random: Random;
}

/**
 * One queue of events per location, first in first out. An event begins a while after it was accepted and works in
 * steps, so that partial progress is visible; each step tells subscribers, at most 100 elements and one error at a time.
 */
export class EventQueue {
  readonly #world: EventWorld;
  readonly #faults: Faults;
  readonly #events = new Map<string, SimulatedEvent>();
  readonly #waiting = new Map<Location, SimulatedEvent[]>();
  readonly #failing = new Map<SimulatedEvent, ActiveFault>();

  constructor(world: EventWorld, faults: Faults) {
    this.#world = world;
    this.#faults = faults;
  }

  submit(location: Location, token: Token, type: EventType, work: Work): SimulatedEvent {
    const occasion = { uId: location.uId };
    const event: SimulatedEvent = {
      eventId: this.#world.random.uuid(),
      type,
      location,
      token,
      work,
      acceptedAt: this.#world.clock.now(),
      endedAt: undefined,
      done: 0,
      failures: new Map(),
      doneAllTheSame: new Set(),
      alwaysComplete: false,
      stuck: this.#faults.strike('event-stuck', occasion) !== undefined,
    };
    const failing =
      this.#faults.strike('event-fails', occasion) ?? this.#faults.strike('complete-with-failures', occasion);
    if (failing?.name === 'complete-with-failures') event.alwaysComplete = true;
    if (failing !== undefined) this.#failing.set(event, failing);
    this.#events.set(event.eventId, event);
    if (event.stuck) return event;
    const queue = this.#waiting.get(location) ?? [];
    this.#waiting.set(location, queue);
    queue.push(event);
    if (queue.length === 1) this.#later(this.#world.settings.eventDelayMs, () => this.#begin(event));
    return event;
  }

  /** The event, unless it is unknown or forgotten. */
  find(eventId: string): SimulatedEvent | undefined {
    const event = this.#events.get(eventId);
    const life = this.#world.settings.unknowns.eventLifetimeMs;
    if (event?.endedAt !== undefined && life > 0 && this.#world.clock.now() - event.endedAt > life) return undefined;
    return event;
  }

  #later(delayMs: number, run: () => void): void {
    this.#world.clock.at(this.#world.clock.now() + delayMs, run);
  }

  #begin(event: SimulatedEvent): void {
    event.work.begin?.();
    this.#step(event);
  }

  #step(event: SimulatedEvent): void {
    const { eventTasksPerStep, eventStepMs } = this.#world.settings;
    // At least two steps, so that somebody who looks sees an event half done.
    const size = Math.min(eventTasksPerStep, Math.max(1, Math.ceil(event.work.size / 2)));
    const until = Math.min(event.work.size, event.done + size);
    const from = event.done;
    for (let task = from; task < until; task++) {
      const failed = this.#runTask(event, task);
      if (failed !== undefined) event.failures.set(task, failed);
    }
    event.done = until;
    if (event.work.silent !== true) this.#tell(event, from, until);
    if (until < event.work.size) this.#later(eventStepMs, () => this.#step(event));
    else this.#end(event);
  }

  #end(event: SimulatedEvent): void {
    event.endedAt = this.#world.clock.now();
    this.#failing.delete(event);
    const queue = this.#waiting.get(event.location);
    queue?.shift();
    const next = queue?.[0];
    if (next === undefined) return;
    const { eventDelayMs, eventStepMs } = this.#world.settings;
    const waited = this.#world.clock.now() - next.acceptedAt;
    this.#later(Math.max(eventStepMs, eventDelayMs - waited), () => this.#begin(next));
  }

  /** What is said about a task; a fault may say that one failed which was done. */
  #runTask(event: SimulatedEvent, task: number): number | undefined {
    const forced = this.#forced(event, task);
    if (forced !== undefined && this.#failing.get(event)?.options.done !== true) return forced;
    const failed = event.work.run(task);
    if (failed === undefined && forced !== undefined) event.doneAllTheSame.add(task);
    return failed ?? forced;
  }

  /** The error a fault forces on a task: a share of them, always the same ones. */
  #forced(event: SimulatedEvent, task: number): number | undefined {
    const fault = this.#failing.get(event);
    if (fault === undefined) return undefined;
    const lot = hashText(`${event.eventId} ${task}`) / 2 ** 32;
    return lot < Number(fault.options.share) ? Number(fault.options.errorNumber) : undefined;
  }

  #tell(event: SimulatedEvent, from: number, until: number): void {
    const groups = new Map<number | undefined, object[]>();
    for (let task = from; task < until; task++) {
      const error = event.failures.get(task);
      const elements = groups.get(error) ?? [];
      groups.set(error, elements);
      elements.push(event.work.element(task));
    }
    for (const [error, elements] of groups) {
      for (let at = 0; at < elements.length; at += ELEMENTS_PER_NOTIFICATION) {
        this.#world.notify(event.location, event.work.notificationType, {
          type: event.type,
          result: error === undefined ? 'SUCCESS' : 'FAILURE',
          eventId: event.eventId,
          ...(error === undefined ? {} : { error: errorOf(error, this.#world.settings.unknowns.errorTexts) }),
          [event.work.elementsName]: elements.slice(at, at + ELEMENTS_PER_NOTIFICATION),
        });
      }
    }
  }
}
