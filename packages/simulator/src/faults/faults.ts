import { type FaultKind, type FaultName, faultTable } from './fault-table.ts';

export interface ActiveFault {
  readonly id: string;
  readonly name: FaultName;
  readonly uId: string | undefined;
  /** `/mdm/v2/assets`, `POST /mdm/v2/assets/associate`, or with `*` at the end. */
  readonly path: string | undefined;
  /** How often it still strikes; undefined is for ever. */
  times: number | undefined;
  readonly options: Readonly<Record<string, string | number | boolean | null>>;
  struck: number;
}

/** What a fault is asked about: a request, a notification or an event. */
export interface Occasion {
  readonly uId: string | undefined;
  readonly method?: string;
  readonly path?: string;
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
    if (fault === undefined) return undefined;
    fault.struck += 1;
    if (fault.times !== undefined) {
      fault.times -= 1;
      if (fault.times <= 0) this.remove(fault.id);
    }
    return fault;
  }

  /** Whether a fault of that name fits, without using it. */
  has(name: FaultName, occasion: Occasion): boolean {
    return this.#active.some((active) => active.name === name && fits(active, occasion));
  }
}

function fits(fault: ActiveFault, occasion: Occasion): boolean {
  if (fault.uId !== undefined && fault.uId !== occasion.uId) return false;
  if (fault.path === undefined) return occasion.path === undefined || occasion.path.startsWith('/mdm/');
  const wanted = fault.path.replace(/\*$/, '');
  const matches = (text: string) => (fault.path?.endsWith('*') ? text.startsWith(wanted) : text === wanted);
  return matches(occasion.path ?? '') || matches(`${occasion.method ?? ''} ${occasion.path ?? ''}`);
}
