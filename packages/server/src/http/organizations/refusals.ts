import type { CodeOf } from '@winesap/core';
import { names, text, type Words } from '../refusals/error-facts.ts';
import { noSuch } from '../refusals/no-such.ts';

export const ORGANIZATION_REFUSALS: Record<CodeOf<'organizations'>, Words> = {
  'policy.not-found': noSuch('policy', 'It may have been deleted meanwhile.'),
  'policy.exists': {
    status: 409,
    title: 'There is a policy of this name here already.',
    detail: 'Choose another name.',
  },
  'policy.holds-token': {
    status: 409,
    title: 'This policy holds a token.',
    detail: 'Renew it with a fresh file of the same location, or remove it first.',
  },
  'policy.inherits-token': {
    status: 409,
    title: ({ policyName }) => `This policy inherits its token from “${text(policyName)}”.`,
    detail: ({ policyName }) => `Renew the token there, or disable Token Inheritance at “${text(policyName)}” first.`,
  },
  'policy.has-children': {
    status: 409,
    title: 'There are policies below this one.',
    detail: ({ policies }) => `Delete them first: ${names(policies)}.`,
  },
  'policy.is-last': {
    status: 409,
    title: 'This is the organization’s only policy.',
    detail: 'Delete the organization instead, or add another policy first.',
  },
  'organization.not-found': noSuch('organization', 'It may have been deleted meanwhile.'),
  'organization.exists': {
    status: 409,
    title: 'There is an organization of this name already.',
    detail: 'Choose another name.',
  },
  'organization.holds-tokens': {
    status: 409,
    title: 'This organization still holds tokens.',
    detail: ({ policies }) => `Remove them first, in: ${names(policies)}.`,
  },
  'inheritance.child-holds-token': {
    status: 409,
    title: 'A policy below holds a token of another location.',
    detail: ({ policies }) =>
      `Devices there would lose their licenses’ source. Remove the token there first: ${names(policies)}.`,
  },
  'inheritance.no-token': {
    status: 409,
    title: 'This policy has no token of its own to give to its children.',
    detail: 'Add a token here first.',
  },
  'setup.done': {
    status: 409,
    title: 'This Winesap already has an owner.',
    detail: 'Sign in, or ask the owner for access.',
  },
  'setup.wrong-code': {
    status: 403,
    title: 'This isn’t the setup code.',
    detail:
      'Winesap prints it in the terminal where it was started, again at every start until there is an owner. As a service, look in its journal.',
  },
  'person.exists': {
    status: 409,
    title: 'Somebody with this e-mail address has access already.',
    detail: 'Change their role instead.',
  },
  'person.not-found': noSuch('person', 'They may have been removed meanwhile.'),
  'person.last-owner': {
    status: 409,
    title: 'This is the last owner.',
    detail: 'Make another person an owner first. Without an owner, nobody can give access.',
  },
  'key.not-found': noSuch('key', 'It may have been ended meanwhile.'),
};
