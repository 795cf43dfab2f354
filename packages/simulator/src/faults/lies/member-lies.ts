import { type AnswerJson, type Lie, spread } from './lie.ts';

export const missingMember: Lie = (answer, { options }) =>
  strikeMember(answer, String(options.member), Number(options.rows), (holder, name) => {
    delete holder[name];
  });

export const wrongMember: Lie = (answer, { options }) => {
  const value: unknown = JSON.parse(String(options.value));
  return strikeMember(answer, String(options.member), Number(options.rows), (holder, name) => {
    holder[name] = value;
  });
};

/** Finds a member by a path like `mdmInfo.name` or `assets[].adamId`, in so many rows of each list; 0 is all. */
function strikeMember(
  answer: AnswerJson,
  path: string,
  rows: number,
  strike: (holder: AnswerJson, name: string) => void,
): boolean {
  const parts = path.split('.');
  const name = parts.pop() ?? '';
  let holders: unknown[] = [answer];
  for (const part of parts) {
    const list = part.endsWith('[]');
    const member = list ? part.slice(0, -2) : part;
    holders = holders
      .filter(isObject)
      .flatMap((holder) => (list && Array.isArray(holder[member]) ? spread(holder[member], rows) : [holder[member]]));
  }
  const found = holders.filter(isObject).filter((holder) => Object.hasOwn(holder, name));
  for (const holder of found) strike(holder, name);
  return found.length > 0;
}

function isObject(value: unknown): value is AnswerJson {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
