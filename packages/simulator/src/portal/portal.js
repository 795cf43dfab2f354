// The portal page: everything it does goes through the control surface, as anybody's script could.

const byId = (id) => document.getElementById(id);
const view = { locations: [], catalog: new Map(), faults: [], chosen: new URLSearchParams(location.search).get('uId') };

/** Makes an element; attributes starting with `on` are listeners, children are texts or elements. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

let messageTimer;
function say(text) {
  byId('message').textContent = text;
  clearTimeout(messageTimer);
  messageTimer = setTimeout(() => byId('message').replaceChildren(), 6000);
}

async function control(method, path, body) {
  const response = await fetch(`/_sim${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.headers.get('content-type')?.includes('json')) {
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    return answer;
  }
  return response;
}

/** Runs something a person asked for, says how it went, and shows the world anew. */
async function act(done, run) {
  try {
    const text = await run();
    say(text ?? done);
  } catch (error) {
    say(error.message);
  }
  await refresh();
}

function onSubmit(form, run) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    run(Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== '')), event.submitter);
  });
}

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

const LIVES = [
  ['', 'one year'],
  ['2592000000', '30 days'],
  ['864000000', '10 days'],
  ['60000', 'one minute'],
  ['-86400000', 'expired yesterday'],
];

async function downloadToken(row, { appleId, life }) {
  const { now } = await control('GET', '/clock');
  const wanted = { ...(appleId ? { appleId } : {}), ...(life ? { expiresAt: Date.parse(now) + Number(life) } : {}) };
  const response = await control('POST', `/locations/${row.uId}/tokens`, wanted);
  const url = URL.createObjectURL(await response.blob());
  make('a', { href: url, download: `sToken_for_${row.locationName}.vpptoken` }).click();
  URL.revokeObjectURL(url);
}

function tokenRow(token) {
  const days = Math.round((Date.parse(token.expiresAt) - view.now) / 86_400_000);
  const reset = () =>
    act(`Password of ${token.appleId} reset.`, () =>
      control('POST', `/accounts/${encodeURIComponent(token.appleId)}/reset-password`).then(
        (answer) => `Password reset: ${answer.revoked} tokens revoked.`,
      ),
    );
  return make(
    'tr',
    {},
    make('td', {}, token.appleId),
    make('td', {}, make('span', { class: `state ${token.state}` }, token.state)),
    make('td', { class: 'number', 'data-name': 'days left' }, String(days)),
    make(
      'td',
      {},
      make(
        'button',
        {
          onclick: reset,
          disabled: token.state === 'revoked',
          title: token.state === 'revoked' ? 'It is revoked already' : '',
        },
        'Reset password',
      ),
    ),
  );
}

function assetRow(asset) {
  const entry = view.catalog.get(asset.adamId);
  const number = (name, value) =>
    make('td', { class: 'number', 'data-name': name }, value === null ? 'unlimited' : value.toLocaleString('en'));
  return make(
    'tr',
    {},
    make(
      'td',
      {},
      make('img', { src: `/icons/${asset.adamId}/64x64bb.png`, alt: '', loading: 'lazy' }),
      entry?.name ?? asset.adamId,
    ),
    number('total', asset.totalCount),
    number('assigned', asset.assignedCount),
    number('available', asset.availableCount),
  );
}

function table(names, rows, empty) {
  if (rows.length === 0) return make('p', { class: 'quiet' }, empty);
  const heads = names.map(([name, number]) =>
    make('th', { scope: 'col', ...(number ? { class: 'number' } : {}) }, name),
  );
  return make('table', {}, make('thead', {}, make('tr', {}, ...heads)), make('tbody', {}, ...rows));
}

function field(label, input) {
  return make('label', {}, label, input);
}

async function showLocation() {
  const row = view.locations.find((one) => one.uId === view.chosen);
  if (row === undefined) {
    byId('location').replaceChildren(
      make('p', { class: 'quiet' }, 'Choose a location to see its tokens and licenses.'),
    );
    return;
  }
  const state = await control('GET', `/state/${row.uId}`);
  const download = make(
    'form',
    { class: 'row', 'aria-label': 'Download a content token' },
    field(
      'Managed Apple Account',
      make('input', { name: 'appleId', placeholder: `content@${row.managedDomain}`, type: 'email' }),
    ),
    field(
      'Good for',
      make('select', { name: 'life' }, ...LIVES.map(([value, text]) => make('option', { value }, text))),
    ),
    make('button', { class: 'primary' }, 'Download token'),
  );
  onSubmit(download, (values) => act('Token downloaded.', () => downloadToken(row, values).then(() => undefined)));
  const buy = make(
    'form',
    { class: 'row', 'aria-label': 'Buy licenses' },
    field(
      'App or book',
      make('input', { name: 'adamId', list: 'catalog', required: true, pattern: '\\d+', placeholder: 'name or id' }),
    ),
    make(
      'datalist',
      { id: 'catalog' },
      ...[...view.catalog.values()].map((entry) => make('option', { value: entry.adamId }, entry.name)),
    ),
    field('Licenses', make('input', { name: 'quantity', type: 'number', value: '10', required: true })),
    make('button', { class: 'primary' }, 'Buy'),
  );
  onSubmit(buy, ({ adamId, quantity }) =>
    act('Bought.', () =>
      control('POST', `/locations/${row.uId}/purchases`, { adamId, quantity: Number(quantity) }).then(
        (asset) => `${asset.totalCount} licenses owned now.`,
      ),
    ),
  );
  const claim =
    state.claim === null ? 'Nobody manages this location.' : `Managed by “${state.claim.name}” (${state.claim.id}).`;
  const other = { id: 'another-server', name: 'Another MDM', metadata: 'claimed in the portal' };
  byId('location').replaceChildren(
    make(
      'div',
      { class: 'head' },
      make(
        'h2',
        {},
        row.locationName,
        make('small', { class: 'quiet' }, `${row.orgName} · ${row.kind} · ${row.countryISO2ACode}`),
      ),
      make('span', { class: 'mono' }, `uId ${row.uId}`),
    ),
    make('h3', {}, 'Content tokens'),
    table(
      [['Downloaded by'], ['State'], ['Days left', true], ['']],
      row.tokens.map(tokenRow),
      'Nobody has downloaded one.',
    ),
    make('div', { style: 'height:.7rem' }),
    download,
    make('h3', {}, 'Managed by'),
    make(
      'div',
      { class: 'row' },
      make('span', {}, claim),
      make(
        'button',
        {
          onclick: () =>
            act('Another server has taken the location.', () =>
              control('POST', `/locations/${row.uId}/claim`, other).then(() => undefined),
            ),
        },
        'Let another server take it',
      ),
      make(
        'button',
        {
          disabled: state.claim === null,
          title: state.claim === null ? 'It is free already' : '',
          onclick: () =>
            act('The location is free.', () =>
              control('POST', `/locations/${row.uId}/claim`, null).then(() => undefined),
            ),
        },
        'Free it',
      ),
    ),
    make(
      'h3',
      {},
      `Apps and books · ${state.assignments.toLocaleString('en')} licenses assigned · ${state.users.active} users`,
    ),
    table(
      [['Name'], ['Total', true], ['Assigned', true], ['Available', true]],
      state.assets.slice(0, 200).map(assetRow),
      'Nothing is bought yet.',
    ),
    ...(state.assets.length > 200 ? [make('p', { class: 'quiet' }, `and ${state.assets.length - 200} more`)] : []),
    make('div', { style: 'height:.7rem' }),
    buy,
  );
}

function showFaultForm() {
  const fault = view.faults.find((one) => one.name === byId('add-fault').elements.name.value);
  byId('fault-means').textContent = fault.means;
  byId('fault-options').replaceChildren(
    ...Object.entries(fault.options).map(([name, value]) =>
      field(
        name,
        make('input', {
          name: `option.${name}`,
          type: typeof value === 'number' ? 'number' : 'text',
          step: 'any',
          value: value ?? '',
        }),
      ),
    ),
  );
}

function showActiveFaults(active) {
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
    return text === undefined
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
await refresh();
if (view.chosen === null && view.locations[0] !== undefined) await choose(view.locations[0].uId);
setInterval(() => document.hidden || showLive().catch((error) => say(error.message)), 2000);
