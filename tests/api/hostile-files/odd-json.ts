import { base64, type HostileFile, hostile, noise } from './hostile-file.ts';

const TOKEN = 'Qx7+'.repeat(32);
const DATE = '2031-01-01T00:00:00+0000';
const deep = (levels: number, inner = '') => '['.repeat(levels) + inner + ']'.repeat(levels);
const deepObject = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

/** Base64 like a token, with other content; each text is the content. */
const INSIDE: Readonly<Record<string, string>> = {
  'nothing but braces': '{}',
  'an empty list': '[]',
  'a list of tokens': JSON.stringify([{ token: TOKEN, expDate: DATE, orgName: 'Orchard' }]),
  'a text': JSON.stringify(TOKEN),
  'a number': '42',
  null: 'null',
  true: 'true',
  'not a number': 'NaN',
  'half an object': '{"token":"',
  'an object too many': `{"token":"${TOKEN}"}{"token":"${TOKEN}"}`,
  'an object on each line': `{"token":"${TOKEN}"}\n{"token":"${TOKEN}"}`,
  'a comma too many': `{"token":"${TOKEN}",}`,
  'a comment': `{/* mine */"token":"${TOKEN}"}`,
  'single quotes': `{'token':'${TOKEN}'}`,
  'names without quotes': `{token:"${TOKEN}"}`,
  'a tab within a text': `{"token":"${TOKEN}\t"}`,
  'a line break within a text': `{"token":"${TOKEN}\n"}`,
  'U+0000 within a text': `{"token":"${TOKEN}\0"}`,
  'U+0000 behind the object': `{"token":"${TOKEN}"}\0`,
  'words behind the object': `{"token":"${TOKEN}"} and so on`,
  'an unknown escape': `{"token":"\\x41${TOKEN}"}`,
  'half an escape': '{"token":"\\u00',
  XML: '<token>x</token>',
  YAML: `token: ${TOKEN}\nexpDate: ${DATE}\n`,
  'a property list': '<?xml version="1.0"?><plist version="1.0"><dict/></plist>',
  'a page': '<!DOCTYPE html><html><body>Sign in</body></html>',
  'a script': '#!/bin/sh\nrm -rf /\n',
  'a web token': `{"alg":"none"}.{"sub":"1"}.`,
  'lists 10,000 deep': deep(10_000),
  'lists 20,000 deep that do not end': '['.repeat(20_000),
  'objects 8,000 deep': deepObject(8_000),
  'a token 10,000 deep': `{"token":${deep(10_000)}}`,
  'an organization 8,000 deep': `{"orgName":${deepObject(8_000)}}`,
  'a token that is a number': '{"token":12345}',
  'a token that is a huge number': '{"token":1e999}',
  'a token that is a list': `{"token":["${TOKEN}"]}`,
  'a token that is an object': `{"token":{"token":"${TOKEN}"}}`,
  'a token that is null': '{"token":null}',
  'a token that is true': '{"token":true}',
  'a token that is empty': '{"token":""}',
  'a token of blanks': '{"token":" \\t\\r\\n\\u00a0"}',
  'a token in capitals': `{"TOKEN":"${TOKEN}"}`,
  'a token under a name with blanks': `{" token ":"${TOKEN}"}`,
  'a token in the prototype': `{"__proto__":{"token":"${TOKEN}"}}`,
  'a token in the constructor': `{"constructor":{"prototype":{"token":"${TOKEN}"}}}`,
  'a token, then none': `{"token":"${TOKEN}","token":null}`,
  'a token, then a list': `{"token":"${TOKEN}","token":[]}`,
  '8,000 names and no token': `{${Array.from({ length: 4_000 }, (_, at) => `"n${at}":${at}`).join(',')}}`,
  'a name of 40,000 letters': `{"${'n'.repeat(40_000)}":1}`,
  'what Apple answers when it refuses': '{"errorNumber":9622,"errorMessage":"Invalid sToken","status":-1}',
  'an enrollment token':
    '{"consumer_key":"CK_1","consumer_secret":"CS_1","access_token":"AT_1","access_secret":"AS_1"}',
};

/** In the form of a content token, so that only Apple can refuse it. Its oddity must not cause an error in Winesap. */
const FORMED: Readonly<Record<string, string>> = {
  'no date': `{"token":"${TOKEN}"}`,
  'a date that is a number': `{"token":"${TOKEN}","expDate":1924905600000}`,
  'a date that is a huge number': `{"token":"${TOKEN}","expDate":1e999}`,
  'a date that is an object': `{"token":"${TOKEN}","expDate":{"year":2031}}`,
  'a date that is no day': `{"token":"${TOKEN}","expDate":"2031-02-30T00:00:00+0000"}`,
  'a date in month 99': `{"token":"${TOKEN}","expDate":"2031-99-99T99:99:99+9999"}`,
  'a date in year 9999': `{"token":"${TOKEN}","expDate":"9999-12-31T23:59:59+0000"}`,
  'a date in year 275761': `{"token":"${TOKEN}","expDate":"+275761-01-01T00:00:00+0000"}`,
  'a date before all dates': `{"token":"${TOKEN}","expDate":"-271822-01-01T00:00:00+0000"}`,
  'a date in year 0': `{"token":"${TOKEN}","expDate":"0000-01-01T00:00:00+0000"}`,
  'a date in 1970': `{"token":"${TOKEN}","expDate":"1970-01-01T00:00:00+0000"}`,
  'a date of words': `{"token":"${TOKEN}","expDate":"next year"}`,
  'a date of 30,000 letters': `{"token":"${TOKEN}","expDate":"${'2031'.repeat(7_500)}"}`,
  'a token with U+0000': `{"token":"${TOKEN}\\u0000","expDate":"${DATE}"}`,
  'a token with line breaks': `{"token":"${TOKEN}\\r\\nX-Evil: 1","expDate":"${DATE}"}`,
  'a token with half a letter': `{"token":"\\ud800","expDate":"${DATE}"}`,
  'a token that is no Base64': `{"token":"<script>alert(1)</script>","expDate":"${DATE}"}`,
  'a token of 40,000 letters': `{"token":"${'A'.repeat(40_000)}","expDate":"${DATE}"}`,
  'a token of one letter': `{"token":"A","expDate":"${DATE}"}`,
  'two tokens': `{"token":"first","token":"${TOKEN}","expDate":"${DATE}"}`,
  'a prototype': `{"__proto__":{"polluted":true},"token":"${TOKEN}","expDate":"${DATE}"}`,
  'a method of its own': `{"toString":1,"valueOf":2,"hasOwnProperty":3,"token":"${TOKEN}"}`,
  'an organization with U+0000': `{"token":"${TOKEN}","orgName":"Orch\\u0000ard","expDate":"${DATE}"}`,
  'an organization with half a letter': `{"token":"${TOKEN}","orgName":"\\udfff","expDate":"${DATE}"}`,
  'an organization of 40,000 letters': `{"token":"${TOKEN}","orgName":"${'O'.repeat(40_000)}"}`,
  'an organization that is a list': `{"token":"${TOKEN}","orgName":["Orchard"]}`,
  'an organization in another direction': `{"token":"${TOKEN}","orgName":"\\u202eOrchard"}`,
  'an organization of markup': `{"token":"${TOKEN}","orgName":"<img src=x onerror=alert(1)>"}`,
  'an organization of SQL': `{"token":"${TOKEN}","orgName":"'; drop table content_tokens; --"}`,
  '3,000 other names': `{"token":"${TOKEN}",${Array.from({ length: 3_000 }, (_, at) => `"n${at}":${at}`).join(',')}}`,
  'lists 5,000 deep beside it': `{"token":"${TOKEN}","x":${deep(5_000)}}`,
  'a huge number beside it': `{"token":"${TOKEN}","x":${'9'.repeat(10_000)}}`,
};

const files = (texts: Readonly<Record<string, string>>, how: string) =>
  Object.entries(texts).map(([what, inside]) => hostile(`Base64 ${how} ${what}`, base64(inside)));

export function oddJson(): HostileFile[] {
  return [
    ...files(INSIDE, 'of'),
    ...files(FORMED, 'of a token with'),
    hostile('Base64 of UTF-16', base64(Buffer.from(`{"token":"${TOKEN}"}`, 'utf16le'))),
    hostile(
      'Base64 of JSON with broken UTF-8',
      base64(Buffer.concat([Buffer.from('{"token":"'), noise(60), Buffer.from('"}')])),
    ),
    hostile('Base64 of a binary property list', base64(Buffer.concat([Buffer.from('bplist00'), noise(200)]))),
    hostile('JSON 20,000 deep, as it is', deep(20_000)),
    hostile('an object 10,000 deep, as it is', deepObject(10_000)),
  ];
}
