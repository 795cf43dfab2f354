import type { FaultKind } from '../../faults/fault-kind.ts';
import { faultTable, isFaultName } from '../../faults/fault-table.ts';
import type { ControlCall, ControlResult } from './control-call.ts';
import { ControlRefusal, intField, optional, readFields, textField } from './fields.ts';

export function listFaults({ faults }: ControlCall): ControlResult {
  return {
    faults: Object.entries<FaultKind>(faultTable).map(([name, kind]) => ({
      name,
      means: kind.means,
      options: kind.options,
      choices: kind.choices ?? {},
    })),
    active: faults.active,
  };
}

export function addFault({ faults, world, body }: ControlCall): ControlResult {
  if (typeof body !== 'object' || body === null) throw new ControlRefusal('the body is a JSON object');
  const { name, uId, path, times, ...options } = body as Record<string, unknown>;
  if (!isFaultName(name)) throw new ControlRefusal(`name is one of ${Object.keys(faultTable).join(', ')}`);
  const common = readFields(
    {
      ...(uId === undefined ? {} : { uId }),
      ...(path === undefined ? {} : { path }),
      ...(times === undefined ? {} : { times }),
    },
    { uId: optional(textField), path: optional(textField), times: optional(intField(1)) },
  );
  if (common.uId !== undefined && !world.locations.has(common.uId))
    throw new ControlRefusal(`there is no location ${common.uId}`, 404);
  const active = faults.add({ name, ...common, options: readOptions(faultTable[name], options) });
  if (name === 'lagging-counts') for (const location of world.locations.values()) world.rememberCounts(location);
  return { id: active.id };
}

export function removeFault({ faults, params }: ControlCall): ControlResult {
  if (!faults.remove(params.id ?? '')) throw new ControlRefusal(`there is no active fault ${params.id}`, 404);
  return {};
}

export function clearFaults({ faults }: ControlCall): ControlResult {
  faults.clear();
  return {};
}

function readOptions(kind: FaultKind, given: Record<string, unknown>): Record<string, string | number | boolean> {
  for (const [name, value] of Object.entries(given)) {
    const standard = kind.options[name];
    if (standard === undefined) {
      throw new ControlRefusal(
        `there is no option ${name}; there are ${Object.keys(kind.options).join(', ') || 'none'}`,
      );
    }
    const type = standard === null ? 'string' : typeof standard;
    if (typeof value !== type) throw new ControlRefusal(`${name} is a ${type}`);
    const choices = kind.choices?.[name];
    if (choices !== undefined && !choices.includes(String(value)))
      throw new ControlRefusal(`${name} is one of ${choices.join(', ')}`);
    const form = kind.forms?.[name];
    if (form?.fits(String(value)) === false) throw new ControlRefusal(`${name} is ${form.words}`);
  }
  return given as Record<string, string | number | boolean>;
}
