// One location: its tokens, who manages it, what it owns.

import { act, byId, control, field, make, onSubmit, table, view } from './page.js';

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

function downloadForm(row) {
  const form = make(
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
  onSubmit(form, (values) => act('Token downloaded.', () => downloadToken(row, values).then(() => undefined)));
  return form;
}

function buyForm(row) {
  const form = make(
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
  const said = (asset) => `${asset.totalCount} licenses owned now.`;
  onSubmit(form, ({ adamId, quantity }) =>
    act('Bought.', () =>
      control('POST', `/locations/${row.uId}/purchases`, { adamId, quantity: Number(quantity) }).then(said),
    ),
  );
  return form;
}

function claimRow(row, claim) {
  const set = (done, wanted) =>
    act(done, () => control('POST', `/locations/${row.uId}/claim`, wanted).then(() => undefined));
  const other = { id: 'another-server', name: 'Another MDM', metadata: 'claimed in the portal' };
  const take = () => set('Another server has taken the location.', other);
  const free = { disabled: claim === null, title: claim === null ? 'It is free already' : '' };
  return [
    make('span', {}, claim === null ? 'Nobody manages this location.' : `Managed by “${claim.name}” (${claim.id}).`),
    make('button', { onclick: take }, 'Let another server take it'),
    make('button', { ...free, onclick: () => set('The location is free.', null) }, 'Free it'),
  ];
}

/** The places of the location that change, by name; the forms between them stay, with what a person has typed. */
const places = { uId: undefined };

function showPlaces(row) {
  const place = (name, tag = 'div', attributes = {}) => {
    places[name] = make(tag, attributes);
    return places[name];
  };
  places.uId = row.uId;
  byId('location').replaceChildren(
    place('head', 'div', { class: 'head' }),
    make('h3', {}, 'Content tokens'),
    place('tokens'),
    downloadForm(row),
    make('h3', {}, 'Managed by'),
    place('claim', 'div', { class: 'row' }),
    place('summary', 'h3'),
    place('assets'),
    buyForm(row),
  );
}

const SHOWN = 200;

/** The chosen location anew. */
export async function showLocation() {
  const row = view.locations.find((one) => one.uId === view.chosen);
  if (row === undefined) {
    places.uId = undefined;
    byId('location').replaceChildren(
      make('p', { class: 'quiet' }, 'Choose a location to see its tokens and licenses.'),
    );
    return;
  }
  const state = await control('GET', `/state/${row.uId}`);
  if (row.uId !== view.chosen) return;
  if (row.uId !== places.uId) showPlaces(row);
  places.head.replaceChildren(
    make(
      'h2',
      {},
      row.locationName,
      make('small', { class: 'quiet' }, `${row.orgName} · ${row.kind} · ${row.countryISO2ACode}`),
    ),
    make('span', { class: 'mono' }, `uId ${row.uId}`),
  );
  const tokenHeads = [['Downloaded by'], ['State'], ['Days left', true], ['Account']];
  places.tokens.replaceChildren(table(tokenHeads, row.tokens.map(tokenRow), 'Nobody has downloaded one.'));
  places.claim.replaceChildren(...claimRow(row, state.claim));
  const licenses = `${state.assignments.toLocaleString('en')} licenses assigned`;
  places.summary.textContent = `Apps and books · ${licenses} · ${state.users.active} users`;
  const assetHeads = [['Name'], ['Total', true], ['Assigned', true], ['Available', true]];
  const more = state.assets.length - SHOWN;
  places.assets.replaceChildren(
    table(assetHeads, state.assets.slice(0, SHOWN).map(assetRow), 'Nothing is bought yet.'),
    ...(more > 0 ? [make('p', { class: 'quiet' }, `and ${more} more`)] : []),
  );
}
