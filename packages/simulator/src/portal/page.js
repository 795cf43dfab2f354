// What the parts of the page share: the state on view, elements, messages, and the way to the control surface.

export const byId = (id) => document.getElementById(id);

export const view = {
  locations: [],
  catalog: new Map(),
  faults: [],
  now: 0,
  chosen: new URLSearchParams(location.search).get('uId'),
  /** Shows the world anew; set by the page itself. */
  refresh: async () => undefined,
};

/** Makes an element; attributes starting with `on` are listeners, children are texts or elements. */
export function make(tag, attributes = {}, ...children) {
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

/** Says something for a few seconds. */
export function say(text) {
  byId('message').textContent = text;
  clearTimeout(messageTimer);
  messageTimer = setTimeout(() => byId('message').replaceChildren(), 6000);
}

export async function control(method, path, body) {
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
export async function act(done, run) {
  try {
    const text = await run();
    say(text ?? done);
  } catch (error) {
    say(error.message);
  }
  await view.refresh();
}

export function onSubmit(form, run) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    run(Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== '')), event.submitter);
  });
}

export function table(names, rows, empty) {
  if (rows.length === 0) return make('p', { class: 'quiet' }, empty);
  const heads = names.map(([name, number]) =>
    make('th', { scope: 'col', ...(number ? { class: 'number' } : {}) }, name),
  );
  return make('table', {}, make('thead', {}, make('tr', {}, ...heads)), make('tbody', {}, ...rows));
}

export function field(label, input) {
  return make('label', {}, label, input);
}
