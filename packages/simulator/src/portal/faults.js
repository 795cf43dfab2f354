// Faults: choosing one, and those that are on.

import { act, byId, control, field, make, view } from './page.js';

export function showFaultForm() {
  const fault = view.faults.find((one) => one.name === byId('add-fault').elements.name.value);
  byId('fault-means').textContent = fault.means;
  byId('fault-options').replaceChildren(
    ...Object.entries(fault.options).map(([name, value]) =>
      field(
        name,
        optionInput(`option.${name}`, value, typeof value === 'boolean' ? ['false', 'true'] : fault.choices[name]),
      ),
    ),
  );
}

function optionInput(name, value, choices) {
  if (choices === undefined) {
    return make('input', {
      name,
      type: typeof value === 'number' ? 'number' : 'text',
      step: 'any',
      value: value ?? '',
    });
  }
  return make(
    'select',
    { name },
    ...choices.map((choice) => make('option', { value: choice, selected: choice === String(value) }, choice)),
  );
}

export function showActiveFaults(active) {
  byId('active-faults').replaceChildren(
    ...active.map((fault) => {
      const where = view.locations.find((row) => row.uId === fault.uId)?.locationName ?? 'everywhere';
      const stop = () => act('Stopped.', () => control('DELETE', `/faults/${fault.id}`).then(() => undefined));
      return make(
        'li',
        {},
        `${fault.name} · ${where}${fault.times === undefined ? '' : ` · ${fault.times} left`}`,
        make('button', { onclick: stop }, 'Stop'),
      );
    }),
  );
}
