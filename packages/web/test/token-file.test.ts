import { describe, expect, test } from 'vitest';
import { looksLike, takeFile } from '../src/parts/files/token-file.ts';

const bytes = (text: string) => new TextEncoder().encode(text).buffer;
const tokenText = btoa(JSON.stringify({ orgName: 'Northwind', expDate: '2027-06-21T10:00:00+0000', token: 'secret' }));

describe('what a chosen file looks like', () => {
  test('a content token is named with its organization and its end, never its secret', () => {
    const words = looksLike(bytes(tokenText));
    expect(words).toMatch(/^Apps and Books content token of Northwind, expires .*2027$/);
  });

  test('a byte order mark, line breaks and a file of one long line are all the same token', () => {
    const broken = tokenText.replace(/(.{20})/g, '$1\r\n');
    expect(looksLike(bytes(`\uFEFF${broken}\n`))).toBe(looksLike(bytes(tokenText)));
  });

  test('a token without a readable date is still named', () => {
    expect(looksLike(bytes(btoa('{"token":"x","expDate":"soon"}')))).toBe('Apps and Books content token');
  });

  test.each([
    ['', 'an empty file'],
    ['<!DOCTYPE html><p>Sign in', 'a web page'],
    ['anything else', 'not recognised yet; Save asks what it is'],
  ])('%j is “%s”', (text, words) => {
    expect(looksLike(bytes(text))).toBe(words);
  });
});

describe('taking a file', () => {
  test('one above 64 KiB is refused before a byte is read', () => {
    const file = new File([new Uint8Array(64 * 1024 + 1)], 'holiday.mov');
    file.arrayBuffer = () => {
      throw new Error('was read');
    };

    const choice = takeFile(file);

    expect(choice.problem?.code).toBe('token-file.too-big');
  });

  test('one that cannot be read, a folder perhaps, says so when its content is wanted', async () => {
    const file = new File([''], 'folder');
    file.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));

    const choice = takeFile(file);

    await expect(choice.file?.content).rejects.toMatchObject({
      problem: { code: 'console.unreadable-file', title: '“folder” cannot be read.' },
    });
    expect(await choice.file?.looksLike).toBe('cannot be read');
  });

  test('a file stands there at once, so that a Save right after means this one', () => {
    const choice = takeFile(new File([tokenText], 'sToken.vpptoken'));

    expect(choice.file).toMatchObject({ name: 'sToken.vpptoken', bytes: tokenText.length });
  });

  test('what is sent is what was chosen, byte for byte', async () => {
    const choice = takeFile(new File([`\uFEFF${tokenText}\r\n`], 'sToken.vpptoken'));

    const sent = new Uint8Array(await ((await choice.file?.content) ?? new Blob()).arrayBuffer());
    expect(sent).toEqual(new TextEncoder().encode(`\uFEFF${tokenText}\r\n`));
  });
});
