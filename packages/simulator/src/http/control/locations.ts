import type { Location } from '../../world/location.ts';
import { readTokenText, type Token, tokenFileName, tokenState } from '../../world/token.ts';
import { oneYearAfter, type World } from '../../world/world.ts';
import { text as plainText } from '../answer.ts';
import { type ControlCall, type ControlResult, locationOf } from './control-call.ts';
import {
  anyTextField,
  booleanField,
  ControlRefusal,
  choiceField,
  type Field,
  instantField,
  optional,
  readFields,
  textField,
} from './fields.ts';

const countryField: Field<string> = (value, name) => {
  const country = textField(value, name);
  if (!/^[A-Za-z]{2}$/.test(country)) throw new ControlRefusal(`${name} is two letters`);
  return country.toUpperCase();
};

export function listLocations({ world }: ControlCall): ControlResult {
  return { locations: [...world.locations.values()].map((location) => rowOf(world, location)) };
}

export function addLocation({ world, body }: ControlCall): ControlResult {
  const wanted = readFields(body, {
    orgName: textField,
    locationName: textField,
    countryISO2ACode: optional(countryField),
    kind: optional(choiceField('business', 'school')),
    managedDomain: optional(textField),
  });
  return rowOf(world, world.addLocation(wanted));
}

export function renameLocation(call: ControlCall): ControlResult {
  const location = locationOf(call);
  const { locationName, countryISO2ACode } = readFields(call.body, {
    locationName: optional(textField),
    countryISO2ACode: optional(countryField),
  });
  if (locationName !== undefined) location.locationName = locationName;
  if (countryISO2ACode !== undefined) location.countryISO2ACode = countryISO2ACode;
  return rowOf(call.world, location);
}

/** The portal removes the location with everything in it. What its tokens are told afterwards is a switch. */
export function deleteLocation(call: ControlCall): ControlResult {
  readFields(call.body, {});
  call.world.deleteLocation(locationOf(call));
  return {};
}

/** A text that fits into an Authorization header: what is left of a file without the white space around it. */
const tokenTextField: Field<string> = (value, name) => {
  const text = textField(value, name).trim();
  if (!/^[\x21-\x7e]+$/.test(text)) throw new ControlRefusal(`${name} is the text of a token file, without spaces`);
  return text;
};

/** The `.vpptoken` file as the portal returns it. With `text` the location takes over a file from elsewhere. */
export function downloadToken(call: ControlCall): ControlResult {
  const { world } = call;
  const location = locationOf(call);
  const { appleId, expiresAt, revokeOlder, text } = readFields(call.body, {
    appleId: optional(textField),
    expiresAt: optional(instantField),
    revokeOlder: optional(booleanField),
    text: optional(tokenTextField),
  });
  if (text !== undefined && world.tokenByText(text) !== undefined) {
    throw new ControlRefusal('there is a token with this text already', 409);
  }
  const inside = text === undefined ? undefined : readTokenText(text).expiresAt;
  const token = world.downloadToken(location, {
    appleId: appleId ?? `content@${location.organization.managedDomain}`,
    expiresAt: expiresAt ?? inside ?? oneYearAfter(world.clock.now()),
    revokeOlder: revokeOlder ?? false,
    text,
  });
  return fileOf(token);
}

/** A file that was downloaded before, by its number in the row of the location; scenarios come with some. */
export function fetchToken(call: ControlCall): ControlResult {
  const token = call.world.tokensOf(locationOf(call))[Number(call.params.number) - 1];
  if (token === undefined) throw new ControlRefusal(`there is no token ${call.params.number}`, 404);
  return fileOf(token);
}

function fileOf(token: Token): ControlResult {
  const headers = { 'content-disposition': attachment(tokenFileName(token.location)) };
  return { answer: plainText(200, token.text, 'text/plain; charset=utf-8', headers) };
}

export function setClaim(call: ControlCall): ControlResult {
  const location = locationOf(call);
  if (call.body === null) location.mdmInfo = undefined;
  else location.mdmInfo = readFields(call.body, { id: textField, name: textField, metadata: anyTextField });
  return { claim: location.mdmInfo ?? null };
}

export function rowOf(world: World, location: Location): object {
  const tokens = world.tokensOf(location);
  return {
    uId: location.uId,
    orgName: location.organization.orgName,
    locationName: location.locationName,
    countryISO2ACode: location.countryISO2ACode,
    kind: location.kind,
    managedDomain: location.organization.managedDomain,
    tokens: tokens.map((token, i) => ({
      number: i + 1,
      appleId: token.account.appleId,
      expiresAt: new Date(token.expiresAt).toISOString(),
      state: tokenState(token, world.clock.now()),
    })),
    assets: location.assets.size,
  };
}

/** A file name of any Unicode, by RFC 6266. */
function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return plain === name
    ? `attachment; filename="${name}"`
    : `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
