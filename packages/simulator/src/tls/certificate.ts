import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { bits, context, flags, identifier, implicit, integer, octets, sequence, set, time, utf8, yes } from './der.ts';

export interface Certificate {
  /** PEM. */
  readonly cert: string;
  /** PEM, private. */
  readonly key: string;
}

/** Apple's hosts, for clients that cannot be pointed elsewhere but by the resolver. */
export const appleHosts: readonly string[] = [
  'vpp.itunes.apple.com',
  'uclient-api.itunes.apple.com',
  'api.ent.apple.com',
  'api.edu.apple.com',
];

const ECDSA_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';
const ALTERNATIVE_NAMES = '2.5.29.17';
const KEY_USAGE = '2.5.29.15';
const SUBJECT_KEY = '2.5.29.14';
/** digitalSignature and keyCertSign. */
const SIGNS_CERTIFICATES_AND_MORE = 0b10000100;
const BASIC_CONSTRAINTS = '2.5.29.19';
const LIFE_MS = 800 * 24 * 3600 * 1000;

/** A certificate that signs itself, for these names and addresses. It is an authority of its own, so it can be trusted alone. */
export function makeCertificate(names: readonly string[], now: number): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const algorithm = sequence(identifier(ECDSA_SHA256));
  const name = sequence(set(sequence(identifier(COMMON_NAME), utf8('winesap-simulator, not Apple'))));
  const alternatives = names.map((one) =>
    isIPv4(one) ? implicit(7, Buffer.from(one.split('.').map(Number))) : implicit(2, Buffer.from(one, 'latin1')),
  );
  const body = sequence(
    context(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    name,
    sequence(time(now - 3600_000), time(now + LIFE_MS)),
    name,
    spki,
    context(
      3,
      sequence(
        sequence(identifier(BASIC_CONSTRAINTS), yes, octets(sequence(yes))),
        sequence(identifier(KEY_USAGE), yes, octets(flags(SIGNS_CERTIFICATES_AND_MORE, 2))),
        sequence(identifier(SUBJECT_KEY), octets(octets(createHash('sha1').update(spki).digest()))),
        sequence(identifier(ALTERNATIVE_NAMES), octets(sequence(...alternatives))),
      ),
    ),
  );
  const der = sequence(body, algorithm, bits(sign('sha256', body, privateKey)));
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
}
