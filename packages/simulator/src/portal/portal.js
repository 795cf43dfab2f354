// The portal page: everything it does goes through the control surface, as anybody's script could.

import { showActiveFaults, showFaultForm } from './faults.js';
import { showLocation } from './location.js';
import { act, byId, control, make, onSubmit, say, view } from './page.js';

function showLocations() {
  const wanted = byId('filter').value.toLowerCase();
  const shown = view.locations.filter((row) =>
    `${row.orgName} ${row.locationName} ${row.uId}`.toLowerCase().includes(wanted),
  );
  byId('locations').replaceChildren(
    ...shown.map((row) =>
      make(
        'li',
        {},
        make(
          'button',
          { 'aria-current': String(row.uId === view.chosen), onclick: () => choose(row.uId) },
          row.locationName,
          make('small', {}, row.orgName),
        ),
      ),
    ),
    ...(shown.length === 0
      ? [
          make(
            'li',
            { class: 'quiet' },
            view.locations.length === 0 ? 'There is none yet. Add one below.' : 'None fits.',
          ),
        ]
      : []),
  );
  byId('organizations').replaceChildren(
    ...[...new Set(view.locations.map((row) => row.orgName))].map((value) => make('option', { value })),
  );
}

async function choose(uId) {
  view.chosen = uId;
  history.replaceState(null, '', `?uId=${uId}`);
  showLocations();
  await showLocation();
}

function showRequests(report) {
  const total = (name, value) => make('div', {}, make('dt', {}, name), make('dd', {}, String(value)));
  byId('totals').replaceChildren(
    total('so far', report.total),
    total('most per s', report.maxPerSecond),
    total('most at once', report.maxAtOnce),
  );
  byId('requests').replaceChildren(
    ...report.last
      .slice(-15)
      .reverse()
      .map((one) =>
        make(
          'li',
          { class: one.errorNumber || one.status >= 400 ? 'bad' : '' },
          `${one.at.slice(11, 19)} ${one.method} ${one.path.replace('/mdm/v2', '')} ${one.status}${one.errorNumber ? ` ${one.errorNumber}` : ''}`,
        ),
      ),
  );
}

async function showLive() {
  const [clock, faults, requests] = await Promise.all([
    control('GET', '/clock'),
    control('GET', '/faults'),
    control('GET', '/requests'),
  ]);
  view.now = Date.parse(clock.now);
  byId('now').textContent = clock.now.slice(0, 19).replace('T', ' ');
  showActiveFaults(faults.active);
  showRequests(requests);
  return faults;
}

async function refresh() {
  await showLive();
  view.locations = (await control('GET', '/locations')).locations;
  view.catalog = new Map((await control('GET', '/catalog')).catalog.map((entry) => [entry.adamId, entry]));
  showLocations();
  await showLocation();
}

onSubmit(byId('clock'), (_values, button) =>
  act('Time has passed.', () => control('POST', '/clock', { advanceMs: Number(button.value) }).then(() => undefined)),
);
onSubmit(byId('add-location'), (values) =>
  act('Added.', async () => {
    const row = await control('POST', '/locations', values);
    view.chosen = row.uId;
    byId('add-location').reset();
  }),
);
onSubmit(byId('add-fault'), (values) => {
  const fault = view.faults.find((one) => one.name === values.name);
  const options = Object.entries(fault.options).flatMap(([name, standard]) => {
    const text = values[`option.${name}`];
    // An empty text leaves an optional one out.
    return text === undefined || (standard === null && text === '')
      ? []
      : [[name, typeof standard === 'number' ? Number(text) : typeof standard === 'boolean' ? text === 'true' : text]];
  });
  const wanted = {
    name: values.name,
    ...(values.times ? { times: Number(values.times) } : {}),
    ...(values.here && view.chosen ? { uId: view.chosen } : {}),
  };
  return act('Switched on.', () =>
    control('POST', '/faults', { ...wanted, ...Object.fromEntries(options) }).then(() => undefined),
  );
});
byId('filter').addEventListener('input', showLocations);
byId('add-fault').elements.name.addEventListener('change', showFaultForm);

const { faults } = await showLive();
view.faults = faults;
byId('add-fault').elements.name.replaceChildren(
  ...faults.map((fault) => make('option', { value: fault.name }, fault.name)),
);
showFaultForm();
view.refresh = refresh;
await refresh();
if (view.chosen === null && view.locations[0] !== undefined) await choose(view.locations[0].uId);
setInterval(() => document.hidden || showLive().catch((error) => say(error.message)), 2000);
