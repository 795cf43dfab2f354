import { createHash } from 'node:crypto';

export interface WrongFile {
  /** What an admin would call it. */
  what: string;
  name: string;
  bytes: Uint8Array;
  code: string;
}

const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');
const textFile = (text: string) => new Uint8Array(Buffer.from(text, 'utf8'));

/** The same on every run, and not valid text in any encoding. */
function noise(length: number): Uint8Array {
  const blocks: Buffer[] = [];
  for (let i = 0; i * 32 < length; i++) blocks.push(createHash('sha256').update(`noise ${i}`).digest());
  return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
}

/** Returns a CMS message in DER around `content`; its type is the last number of 1.2.840.113549.1.7.x. */
function cms(kind: number, content: Uint8Array): Uint8Array {
  const oid = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, kind];
  const length = oid.length + content.length;
  return new Uint8Array([0x30, 0x82, length >> 8, length & 0xff, ...oid, ...content]);
}

const PROFILE = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>PayloadType</key><string>Configuration</string></dict></plist>
`;

/**
 * Everything that admins are known to drop where a content token belongs, and how it has to be identified. `file` is a
 * real one.
 */
export function wrongFiles(file: string): WrongFile[] {
  const inside = JSON.parse(Buffer.from(file, 'base64').toString('utf8')) as Record<string, string>;
  const { token = '', ...withoutToken } = inside;
  const enrollment = cms(3, noise(900));
  const wrapped = base64(enrollment).replace(/(.{64})/g, '$1\r\n');
  return [
    { what: 'an empty file', name: 'sToken.vpptoken', bytes: new Uint8Array(), code: 'token-file.empty' },
    { what: 'only white space', name: 'sToken.vpptoken', bytes: textFile(' \r\n\t\n'), code: 'token-file.empty' },
    { what: 'only a byte order mark', name: 'sToken.vpptoken', bytes: textFile('\ufeff'), code: 'token-file.empty' },
    { what: 'random bytes', name: 'sToken.vpptoken', bytes: noise(700), code: 'token-file.not-base64' },
    {
      what: 'a sentence',
      name: 'note.txt',
      bytes: textFile('The token is on the server.'),
      code: 'token-file.not-base64',
    },
    {
      what: 'Base64 of something else',
      name: 'sToken.vpptoken',
      bytes: textFile(base64('Meet me under the apple tree at noon, and bring the ladder.')),
      code: 'token-file.not-json',
    },
    {
      what: 'Base64 of a JSON list',
      name: 'sToken.vpptoken',
      bytes: textFile(base64('["token","expDate"]')),
      code: 'token-file.not-json',
    },
    {
      what: 'a token file cut off in the middle',
      name: 'sToken.vpptoken',
      bytes: textFile(file.slice(0, Math.floor(file.length / 8) * 4)),
      code: 'token-file.not-json',
    },
    {
      what: 'JSON without a token',
      name: 'sToken.vpptoken',
      bytes: textFile(base64(JSON.stringify(withoutToken))),
      code: 'token-file.no-token',
    },
    {
      what: 'JSON with an empty token',
      name: 'sToken.vpptoken',
      bytes: textFile(base64(JSON.stringify({ ...inside, token: ' ' }))),
      code: 'token-file.no-token',
    },
    { what: 'the secret from inside', name: 'token.txt', bytes: textFile(token), code: 'token-file.inner-token' },
    {
      what: 'the decoded content',
      name: 'token.json',
      bytes: textFile(JSON.stringify(inside)),
      code: 'token-file.inner-token',
    },
    {
      what: 'an enrollment token as mail',
      name: 'Lakeside_Token_2026_smime.p7m',
      bytes: textFile(
        `Content-Type: application/pkcs7-mime; name="smime.p7m"; smime-type=enveloped-data\r\nContent-Transfer-Encoding: base64\r\n\r\n${wrapped}\r\n`,
      ),
      code: 'token-file.enrollment-token',
    },
    {
      what: 'an enrollment token in DER',
      name: 'smime.p7m',
      bytes: enrollment,
      code: 'token-file.enrollment-token',
    },
    {
      what: 'an enrollment token renamed to .vpptoken',
      name: 'sToken.vpptoken',
      bytes: textFile(wrapped),
      code: 'token-file.enrollment-token',
    },
    {
      what: 'a page saved by mistake',
      name: 'Preferences.html',
      bytes: textFile(
        '<!DOCTYPE html>\n<html lang="en"><head><title>Preferences</title></head><body>Sign in</body></html>\n',
      ),
      code: 'token-file.html',
    },
    {
      what: 'a configuration profile',
      name: 'Wi-Fi.mobileconfig',
      bytes: textFile(PROFILE),
      code: 'token-file.configuration-profile',
    },
    {
      what: 'a signed configuration profile',
      name: 'Wi-Fi signed.mobileconfig',
      bytes: cms(2, new Uint8Array([...noise(40), ...textFile(PROFILE), ...noise(400)])),
      code: 'token-file.configuration-profile',
    },
    {
      what: 'a certificate',
      name: 'push.pem',
      bytes: textFile(`-----BEGIN CERTIFICATE-----\n${base64(noise(600))}\n-----END CERTIFICATE-----\n`),
      code: 'token-file.certificate',
    },
    {
      what: 'a private key',
      name: 'key.pem',
      bytes: textFile(`-----BEGIN PRIVATE KEY-----\n${base64(noise(600))}\n-----END PRIVATE KEY-----\n`),
      code: 'token-file.certificate',
    },
    {
      what: 'a file of a megabyte',
      name: 'photo.jpg',
      bytes: noise(1_000_000),
      code: 'token-file.too-big',
    },
  ];
}

/** The same credential as browsers, email programs, and editors pass it on. All of them are valid. */
export function wrappings(file: string): { what: string; name: string; bytes: Uint8Array }[] {
  const lines = file.replace(/(.{64})/g, '$1\n');
  return [
    { what: 'as it was downloaded', name: 'sToken_for_Barn.vpptoken', bytes: textFile(file) },
    { what: 'with a newline at the end', name: 'sToken.vpptoken', bytes: textFile(`${file}\n`) },
    { what: 'with a byte order mark', name: 'sToken.vpptoken', bytes: textFile(`\ufeff${file}`) },
    { what: 'in lines of 64 letters', name: 'sToken (1).vpptoken', bytes: textFile(lines) },
    {
      what: 'with the line ends of Windows',
      name: 'sToken.txt',
      bytes: textFile(`\r\n${lines.replaceAll('\n', '\r\n')}\r\n\r\n`),
    },
    { what: 'under an odd name', name: '../../“Äpfel” <b>🍎</b>;\n.p7m', bytes: textFile(file) },
    { what: 'without a name', name: '', bytes: textFile(file) },
  ];
}
