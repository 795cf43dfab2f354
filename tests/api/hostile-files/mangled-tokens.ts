import { base64, type HostileFile, hostile, inLines } from './hostile-file.ts';

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const utf32 = (text: string) => Buffer.concat([...text].map((letter) => Buffer.from([letter.charCodeAt(0), 0, 0, 0])));
const insert = (text: string, at: number, what: string) => text.slice(0, at) + what + text.slice(at);
const middle = (text: string) => Math.floor(text.length / 8) * 4;

/** A real token after what editors, email programs, shells, and people do to it. */
export function mangledTokens(token: string): HostileFile[] {
  const bytes = Buffer.from(token);
  const bare = token.replace(/=+$/, '');
  const half = middle(token);
  const lines = inLines(token, 76);
  return [
    // Cut off.
    ...[1, 2, 3, 5, 40, half].map((missing) =>
      hostile(`cut off ${missing} letters before its end`, bare.slice(0, -missing)),
    ),
    hostile('only its first letter', token.slice(0, 1)),
    hostile('only its first four letters', token.slice(0, 4)),
    hostile('without its beginning', token.slice(12)),
    hostile('without its middle', token.slice(0, half) + token.slice(half + 40)),
    // Padding.
    hostile('with padding in the middle', insert(token, half, '==')),
    hostile('with three letters of padding', `${bare}===`),
    hostile('with forty letters of padding', bare + '='.repeat(40)),
    hostile('with padding in front', `==${token}`),
    hostile('nothing but padding', '='.repeat(400)),
    // Twice.
    hostile('twice in a row', token + token),
    hostile('twice, on two lines', `${token}\n${token}\n`),
    hostile('a hundred times', `${token}\n`.repeat(100)),
    hostile('twice, with a line of words between', `${token}\nand the one of the other location:\n${token}\n`),
    // In other alphabets.
    hostile('in hexadecimal', bytes.toString('hex')),
    hostile('in Base64 once more', base64(token)),
    hostile('in Base64 twice more', base64(base64(token))),
    hostile('with the letters of URLs inside', insert(token, half, '-_-_')),
    hostile('percent-encoded', encodeURIComponent(`${token}+/=`)),
    hostile('in capitals', token.toUpperCase()),
    hostile('in small letters', token.toLowerCase()),
    hostile('backwards', [...token].reverse().join('')),
    hostile(
      'rotated by 13',
      token.replace(/[a-z]/gi, (letter) => rotated(letter)),
    ),
    hostile('with a Cyrillic letter', insert(token, half, 'А')),
    hostile('with a full-width letter', insert(token, half, 'Ａ')),
    hostile('with an emoji', insert(token, half, '🍎')),
    hostile('with a zero-width space', insert(token, half, '\u200b')),
    hostile('with a soft hyphen', insert(token, half, '\u00ad')),
    hostile('with a direction mark', `\u202e${token}`),
    hostile('with U+0000 in the middle', insert(token, half, '\0')),
    hostile('with U+0000 at its end', `${token}\0`),
    hostile('with a bell', insert(token, half, '\u0007')),
    hostile('with an escape sequence', `\u001b[31m${token}\u001b[0m`),
    hostile('with a replacement character', insert(token, half, '\ufffd')),
    // Encodings.
    hostile('as UTF-16', Buffer.from(`\ufeff${token}`, 'utf16le')),
    hostile('as UTF-16 without a mark', Buffer.from(token, 'utf16le')),
    hostile('as UTF-16, the other way round', utf16be(`\ufeff${token}`)),
    hostile('as UTF-16, the other way round, without a mark', utf16be(token)),
    hostile('as UTF-32', utf32(`\ufeff${token}`)),
    hostile(
      'with a broken letter of UTF-8',
      Buffer.concat([bytes.subarray(0, half), Buffer.from([0xc3]), bytes.subarray(half)]),
    ),
    hostile('with an overlong letter of UTF-8', Buffer.concat([bytes, Buffer.from([0xc0, 0xaf])])),
    hostile('with a surrogate in UTF-8', Buffer.concat([bytes, Buffer.from([0xed, 0xa0, 0x80])])),
    hostile('with a letter of Latin-1', Buffer.concat([Buffer.from([0xe4]), bytes])),
    hostile('with half a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb]), bytes])),
    // In quotes.
    ...["'", '`', '“'].map((quote) => hostile(`in quotes: ${quote}`, quote + token + (quote === '“' ? '”' : quote))),
    hostile('in brackets', `[${token}]`),
    hostile('in angle brackets', `<${token}>`),
    hostile('as a string of JSON', JSON.stringify(token)),
    hostile('in an object of JSON', JSON.stringify({ sToken: token })),
    hostile('in a list of JSON', JSON.stringify([token])),
    hostile('as YAML', `token: >\n  ${inLines(token, 60, '\n  ')}\n`),
    hostile('as a line of settings', `STOKEN=${token}\n`),
    hostile('as a line of a shell', `export STOKEN='${token}'\n`),
    hostile('as a section of an INI file', `[vpp]\nstoken = ${token}\n`),
    hostile('as CSV', `location,token\nBarn,"${token}"\n`),
    hostile('as a header', `Authorization: Bearer ${token}\n`),
    hostile('as a bearer', `Bearer ${token}`),
    hostile('as a URL', `https://vpp.example/?sToken=${encodeURIComponent(token)}`),
    hostile('as a data URL', `data:application/octet-stream;base64,${token}`),
    hostile('as a form field', `sToken=${encodeURIComponent(token)}&submit=1`),
    hostile('as a command of curl', `curl -H "Authorization: Bearer ${token}" https://vpp.itunes.apple.com/\n`),
    // In other documents.
    hostile('as PEM', `-----BEGIN CONTENT TOKEN-----\n${inLines(token, 64)}\n-----END CONTENT TOKEN-----\n`),
    hostile('as quoted-printable', inLines(token.replaceAll('=', '=3D'), 75, '=\r\n')),
    hostile(
      'in a mail',
      `From: it@orchard.example\r\nSubject: token\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}\r\n`,
    ),
    hostile('in a quoted mail', lines.replace(/^/gm, '> ')),
    hostile('in a MIME message', mime(lines)),
    hostile('as a form with a file', form(token)),
    hostile('in RTF', `{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Helvetica;}}\\f0\\fs24 ${token}\\par}`),
    hostile('in HTML', `<p>Here is the token:</p><pre>${token}</pre>`),
    hostile('in XML', `<?xml version="1.0"?><token>${token}</token>`),
    hostile('in a property list', `<plist version="1.0"><dict><key>sToken</key><data>${token}</data></dict></plist>`),
    hostile('in Markdown', `\`\`\`\n${lines}\n\`\`\`\n`),
    hostile('in a signed message', `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${lines}\n`),
    hostile(
      'with line numbers',
      lines
        .split('\n')
        .map((line, index) => `${index + 1}  ${line}`)
        .join('\n'),
    ),
    hostile('with a comment in front', `# the token of Barn\n${token}\n`),
    hostile('with a greeting below', `${token}\n\nBest regards,\nSam\n`),
    hostile('as two columns', `${token.slice(0, half)} | ${token.slice(half)}`),
    hostile('in uuencode', `begin 644 sToken.vpptoken\nM${token}\n\`\nend\n`),
  ];
}

function rotated(letter: string): string {
  const base = letter <= 'Z' ? 65 : 97;
  return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
}

function mime(lines: string): string {
  return [
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="x"',
    '',
    '--x',
    'Content-Type: application/octet-stream; name="sToken.vpptoken"',
    'Content-Transfer-Encoding: base64',
    '',
    lines,
    '--x--',
    '',
  ].join('\r\n');
}

function form(token: string): string {
  return `--x\r\nContent-Disposition: form-data; name="file"; filename="sToken.vpptoken"\r\nContent-Type: application/octet-stream\r\n\r\n${token}\r\n--x--\r\n`;
}
