import type { FaultKind, FaultOptions, FaultStage } from './fault-kind.ts';
import { type FaultName, faultTable } from './fault-table.ts';

export interface ActiveFault {
  readonly id: string;
  readonly name: FaultName;
  readonly uId: string | undefined;
  /** `/mdm/v2/assets`, `POST /mdm/v2/assets/associate`, or with `*` at the end. */
  readonly path: string | undefined;
  /** How often it still strikes; undefined is for ever. */
  times: number | undefined;
  readonly options: FaultOptions;
  struck: number;
}

/** What a fault is asked about: a request, a notification or an event. */
export interface Occasion {
  readonly uId: string | undefined;
  readonly method?: string;
  readonly path?: string;
  /** Which page of a listing, as far as that is known yet. */
  readonly page?: PageSeen | undefined;
}

export interface PageSeen {
  readonly index: number;
  /** undefined before the rows are counted. */
  readonly last: boolean | undefined;
}

/** The faults that are switched on. */
export class Faults {
  readonly #active: ActiveFault[] = [];
  #number = 0;

  get active(): readonly ActiveFault[] {
    return this.#active;
  }

  add(fault: Pick<ActiveFault, 'name' | 'uId' | 'path' | 'times'> & { options?: ActiveFault['options'] }): ActiveFault {
    const kind: FaultKind = faultTable[fault.name];
    const active: ActiveFault = {
      ...fault,
      id: `fault-${++this.#number}`,
      options: { ...kind.options, ...fault.options },
      struck: 0,
    };
    this.#active.push(active);
    return active;
  }

  remove(id: string): boolean {
    const index = this.#active.findIndex((fault) => fault.id === id);
    if (index >= 0) this.#active.splice(index, 1);
    return index >= 0;
  }

  clear(): void {
    this.#active.length = 0;
  }

  /** The first fault of that name that fits, used up by one; undefined when there is none. */
  strike(name: FaultName, occasion: Occasion): ActiveFault | undefined {
    const fault = this.#active.find((active) => active.name === name && fits(active, occasion));
    if (fault !== undefined) this.use(fault);
    return fault;
  }

  /** Counts that a fault struck; its last time ends it. */
  use(fault: ActiveFault): void {
    fault.struck += 1;
    if (fault.times === undefined) return;
    fault.times -= 1;
    if (fault.times <= 0) this.remove(fault.id);
  }

  /** Every fault of a stage that fits, the oldest first, without using them. */
  allOf(stage: FaultStage, occasion: Occasion): ActiveFault[] {
    return this.#active.filter((active) => faultTable[active.name].stage === stage && fits(active, occasion));
  }

  /** Whether a fault of that name fits, without using it. */
  has(name: FaultName, occasion: Occasion): boolean {
    return this.#active.some((active) => active.name === name && fits(active, occasion));
  }
}

function fits(fault: ActiveFault, occasion: Occasion): boolean {
  if (fault.uId !== undefined && fault.uId !== occasion.uId) return false;
  if (typeof fault.options.page === 'string' && !fitsPage(fault.options.page, occasion.page)) return false;
  if (fault.path === undefined) return occasion.path === undefined || occasion.path.startsWith('/mdm/');
  const wanted = fault.path.replace(/\*$/, '');
  const matches = (text: string) => (fault.path?.endsWith('*') ? text.startsWith(wanted) : text === wanted);
  return matches(occasion.path ?? '') || matches(`${occasion.method ?? ''} ${occasion.path ?? ''}`);
}

function fitsPage(wanted: string, page: PageSeen | undefined): boolean {
  if (page === undefined) return false;
  switch (wanted) {
    case 'first':
      return page.index === 0;
    case 'later':
      return page.index > 0;
    case 'last':
      return page.last === true;
    case 'middle':
      return page.index > 0 && page.last === false;
    default:
      return page.index === Number(wanted);
  }
}
