import type {ScanFormat} from '../model.ts'

/** What the first bytes of a file say that it is: a format that can be read, the name of another, or null. */
export type Sniffed = {readonly format: ScanFormat} | {readonly unreadable: string} | null

/**
 * Tells the format of a scan by its first bytes, never by its name.
 *
 * @returns
 *   `unreadable` names a known image format that scanproof does not decode; null
 *   for anything else, an empty file among it.
 */
export function sniffFormat(bytes: Uint8Array): Sniffed {
  // A PDF may have up to a kilobyte of other bytes before its header (PDF 1.7, appendix H.3.4.1).
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024 + 5)).toString('latin1')
  for (const [format, magic] of magics) if (magic.test(head)) return {format}
  for (const [unreadable, magic] of unreadables) if (magic.test(head)) return {unreadable}
  return head.includes('%PDF-') ? {format: 'pdf'} : null
}

/** Extensions (lower case, no dot) of scans. */
export const readableExtensions: ReadonlySet<string> = new Set([
  ...['png', 'jpg', 'jpeg', 'tif', 'tiff', 'webp', 'pdf'],
  ...['jp2', 'jpx', 'jpf', 'j2k', 'j2c', 'jpc'],
])

/** Extensions (lower case, no dot) of images that cannot be read, with the format's name. */
export const unreadableExtensions: ReadonlyMap<string, string> = new Map([
  ...['heic', 'heif'].map(extension => [extension, 'HEIC'] as const),
  ...['djvu', 'djv'].map(extension => [extension, 'DjVu'] as const),
  ...['pbm', 'pgm', 'ppm', 'pnm'].map(extension => [extension, 'Netpbm'] as const),
  ['avif', 'AVIF'],
  ['jpm', 'JPM'],
  ['bmp', 'BMP'],
  ['gif', 'GIF'],
  ['jxl', 'JPEG XL'],
])

const magics: readonly (readonly [ScanFormat, RegExp])[] = [
  ['png', /^\x89PNG\r\n\x1a\n/],
  ['jpeg', /^\xff\xd8\xff/],
  // A file, which may be of pages in layers (JPM), and a codestream alone.
  ['jpeg2000', /^\0\0\0\x0cjP {2}\r\n\x87\n(?![\s\S]{4}ftypjpm )/],
  ['jpeg2000', /^\xff\x4f\xff\x51/],
  // 42 is TIFF, 43 BigTIFF.
  ['tiff', /^(?:II[\x2a\x2b]\0|MM\0[\x2a\x2b])/],
  ['webp', /^RIFF[\s\S]{4}WEBP/],
  ['pdf', /^%PDF-/],
]

const unreadables: readonly (readonly [string, RegExp])[] = [
  ['JPM', /^\0\0\0\x0cjP {2}\r\n\x87\n[\s\S]{4}ftypjpm /],
  ['AVIF', /^[\s\S]{4}ftypavi[fs]/],
  ['HEIC', /^[\s\S]{4}ftyp(?:hei[cxms]|hev[cx]|mif1|msf1)/],
  ['JPEG XL', /^(?:\0\0\0\x0cJXL \r\n\x87\n|\xff\x0a)/],
  ['GIF', /^GIF8[79]a/],
  ['BMP', /^BM[\s\S]{4}\0\0\0\0/],
  ['DjVu', /^AT&TFORM/],
  ['Netpbm', /^P[1-7]\s/],
]
