import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { base64, type HostileFile, hostile, noise } from './hostile-file.ts';

/** How other programs' files begin, in hexadecimal. */
const MAGIC: Readonly<Record<string, string>> = {
  'a PNG': '89504e470d0a1a0a0000000d49484452',
  'a JPEG': 'ffd8ffe000104a46494600010100',
  'a GIF': '47494638396101000100',
  'a WebP': '524946462400000057454250',
  'a TIFF': '49492a0008000000',
  'an icon': '00000100010010100000',
  'a PDF': '255044462d312e370a25e2e3cfd30a',
  'an MP3': '4944330300000000',
  'an MP4': '000000186674797069736f6d',
  'a 7z archive': '377abcaf271c0004',
  'a RAR archive': '526172211a070100',
  'an xz archive': 'fd377a585a000004',
  'a zstd archive': '28b52ffd04000100',
  'a bzip2 archive': '425a68393141592653',
  'an LZ4 archive': '04224d186440a7',
  'a cabinet': '4d53434600000000',
  'an old Word document': 'd0cf11e0a1b11ae1',
  'a Windows shortcut': '4c0000000114020000000000c000000000000046',
  'a thumbnail database': 'd0cf11e0a1b11ae10000000000000000',
  'a folder database of a Mac': '0000000142756431',
  'the resource fork of a Mac': '00051607000200004d6163204f532058',
  'a binary property list': '62706c6973743030d1010253666f6f',
  'a program of Linux': '7f454c460201010000000000',
  'a program of Windows': '4d5a90000300000004000000ffff',
  'a program of a Mac': 'cffaedfe0c00000103000000',
  'a Java class': 'cafebabe00000037',
  'a WebAssembly module': '0061736d01000000',
  'an SQLite database': '53514c69746520666f726d6174203300',
  'a font': '774f463200010000',
  'a certificate in DER': '3082035b30820243a003020102020900',
  'a key store': '308209d102010330820997',
  'a Java key store': 'feedfeed0000000200000001',
  'a PGP message': '85010c03a2b9c8d7e6f5',
  'a disk image': '786100000000000000000000',
  'a capture of the network': 'd4c3b2a1020004000000000000000000',
};

const zeros = Buffer.alloc(10 * 1024 * 1024);

/** One stored file in a zip, by hand: name and content, without a directory at the end. */
function zipOf(name: string, content: Buffer, compressed: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(compressed.length, 18);
  header.writeUInt32LE(content.length, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name), compressed]);
}

/** Files of other programs, and files that grow a thousandfold when unpacked. */
export function binaryFiles(token: string): HostileFile[] {
  const gzipped = gzipSync(zeros);
  return [
    ...Object.entries(MAGIC).map(([what, start]) =>
      hostile(what, Buffer.concat([Buffer.from(start, 'hex'), noise(700)])),
    ),
    hostile('a gzip of the token', gzipSync(token)),
    hostile('a gzip that grows a thousandfold', gzipped),
    hostile('a gzip in a gzip', gzipSync(gzipped)),
    hostile('a gzip that grows, in Base64', base64(gzipped)),
    hostile('a deflate stream that grows', deflateSync(zeros)),
    hostile('a Brotli stream that grows', brotliCompressSync(zeros)),
    hostile('a zip of the token', zipOf('sToken.vpptoken', Buffer.from(token), deflateRawSync(token))),
    hostile('a zip that grows a thousandfold', zipOf('a', zeros, deflateRawSync(zeros))),
    hostile('an empty zip', Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex')),
    hostile(
      'a tar of the token',
      Buffer.concat([Buffer.from('sToken.vpptoken'.padEnd(512, '\0')), Buffer.from(token)]),
    ),
    hostile('noise', noise(2000)),
    hostile('noise in Base64', base64(noise(3000))),
    hostile('one byte of each kind', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))),
    hostile('nothing but U+0000', Buffer.alloc(1000)),
    hostile('nothing but 0xFF', Buffer.alloc(1000, 0xff)),
  ];
}
