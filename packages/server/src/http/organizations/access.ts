import type { OpenLinks } from '@winesap/api';
import { AppError, addOrganization, DAY_MS, endLinks, handOverLinks, later } from '@winesap/core';
import { readOpenLinks } from '../../store/tokens/reads/open-links.ts';
import { createThrottle } from '../connection/throttle.ts';
import type { Context } from '../edge/context.ts';
import type { HandlersOf } from '../edge/handler.ts';
import { Refusal } from '../refusals/refusal.ts';

/** A key that lasts longer than this is probably a mistyped year. */
const KEY_DAYS_AT_MOST = 3653;

/** Sixty bits can't be guessed, and the limit also hides how fast one could try. */
const CODES_PER_MINUTE = 10;

export function accessHandlers({
  deps,
  db,
  auth,
  isSetupCode,
  version,
  demo,
  appleUrl,
  now,
}: Context): HandlersOf<'access'> {
  const log = (code: string, name: string, text: string, actor: Parameters<typeof addOrganization>[2]) =>
    deps.store.write((tx) =>
      tx.events.append(
        {
          level: 'info',
          receiverType: 'person',
          receiverName: name,
          code,
          text,
          failure: null,
          organizationId: null,
          policyId: null,
          tokenId: null,
          actor,
          data: {},
        },
        deps.now(),
      ),
    );
  const knock = createThrottle(CODES_PER_MINUTE, now);
  return {
    getSetup: async () => ({ needed: (await auth.people.count()) === 0, version, demo }),
    setUp: async ({ body, request }) => {
      if ((await auth.people.count()) > 0) throw new AppError('setup.done');
      knock(request);
      const { setupCode, organizationName, ...person } = body;
      if (!isSetupCode(setupCode)) throw new AppError('setup.wrong-code');
      const owner = await auth.people.addFirst(person);
      const actor = { personId: owner.id, name: owner.name, requestId: request.id };
      if (organizationName !== undefined) await addOrganization(deps, organizationName, actor);
      await log('person.added', owner.name, `${owner.name} is the first owner.`, actor);
      return owner;
    },
    getMe: async ({ who }) => ({ ...who, demo, appleUrl, version }),
    listPeople: async () => ({ people: await auth.people.list() }),
    listOpenLinks: () => readOpenLinks(db, now()),
    addPerson: async ({ body, actor }) => {
      const person = await auth.people.add(body);
      await log('person.added', person.name, `${person.name} was given access as ${person.role}.`, actor);
      return person;
    },
    changePerson: async ({ params, body, actor }) => {
      const person = await auth.people.change(params.personId, body);
      const what = [
        body.role === undefined ? '' : `is now ${person.role}`,
        body.password === undefined ? '' : 'has a new password; their sessions and API keys have ended',
      ];
      await log(
        'person.changed',
        person.name,
        `${person.name} ${what.filter((one) => one !== '').join(' and ')}.`,
        actor,
      );
      return person;
    },
    removePerson: async ({ params: { personId }, query, who, actor }) => {
      const handsOver = query.links === 'hand-over' && personId !== who.id;
      const links = await readOpenLinks(db, now(), personId);
      // Transferred first, because what they still own ends with them.
      if (handsOver) await handOverLinks(deps, personId, who, actor);
      const person = await auth.people.remove(personId);
      const what = linksInWords(links);
      const text = what === '' ? '' : handsOver ? ` ${what} went to ${who.name}.` : ` ${what} ended.`;
      await log('person.removed', person.name, `${person.name} no longer has access.${text}`, actor);
      if (!handsOver) await endLinks(deps, links, actor);
    },
    listKeys: async ({ who }) => ({ keys: await auth.keys.list(who.id) }),
    listAllKeys: async () => ({ keys: await auth.keys.listAll() }),
    addKey: async ({ who, body, actor }) => {
      const expiresAt = body.expiresAt === undefined ? undefined : new Date(body.expiresAt);
      const latest = later(now(), KEY_DAYS_AT_MOST * DAY_MS);
      if (expiresAt !== undefined && (expiresAt <= now() || expiresAt > latest))
        throw new Refusal('request.invalid', { problems: ['expiresAt: has to be within the next ten years.'] });
      const key = await auth.keys.add(who.id, { name: body.name, expiresAt });
      const until = key.expiresAt.slice(0, 10);
      await log('key.added', who.name, `The API key “${body.name}” was made; it expires on ${until}.`, actor);
      return key;
    },
    removeKey: async ({ who, params, actor }) => {
      const { name, personName } = await auth.keys.remove(who, params.keyId);
      await log('key.removed', personName, `The API key “${name}” of ${personName} was ended.`, actor);
    },
  };
}

/** “2 upload links and 1 calendar feed”; empty if there are none. */
function linksInWords({ uploadLinks, calendarFeeds }: OpenLinks): string {
  const some = (count: number, name: string) => (count === 0 ? [] : [`${count} ${name}${count === 1 ? '' : 's'}`]);
  return [...some(uploadLinks.length, 'upload link'), ...some(calendarFeeds.length, 'calendar feed')].join(' and ');
}
