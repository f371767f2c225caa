import {Readable} from 'node:stream'
import {buffer} from 'node:stream/consumers'
import {crc32, createDeflate} from 'node:zlib'
import sharp from 'sharp'
import type {Page, Scan} from '../../src/model.ts'

/** A page of document `d`, for a test. */
export function page(scan: Partial<Scan> = {}): Page {
  return {
    id: 'd/1',
    document: 'd',
    name: '1',
    scan: {file: 'scans/d/1.png', format: 'png', frame: 0, sha256: '0'.repeat(64), ...scan},
  }
}

/** A grey PNG from a function of x and y. */
export function pngOf(width: number, height: number, level: (x: number, y: number) => number): Promise<Buffer> {
  const data = Uint8Array.from({length: width * height}, (_, at) => level(at % width, Math.floor(at / width)))
  return sharp(data, {raw: {width, height, channels: 1}})
    .toColourspace('b-w')
    .png()
    .toBuffer()
}

/** A page of a test's PDF: its size in points, how it is turned, what is drawn on it. */
export interface PdfPage {
  readonly size: readonly [number, number]
  readonly rotate?: 0 | 90 | 180 | 270
  /** Operators; `/F` is Courier, `/I` the image, `/X0`, `/X1`, … are `more`. */
  readonly content: string
  readonly image?: PdfStream
}

/** What it says of itself, where `$0`, `$1`, … are `more`, and its data. */
export interface PdfStream {
  readonly dictionary: string
  readonly data: Uint8Array
}

/** Write a PDF of these pages, and of more streams that they use. */
export function pdfOf(pages: readonly PdfPage[], more: readonly PdfStream[] = []): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')]
  const offsets: number[] = []
  const object = (dictionary: string, stream?: Uint8Array) => {
    offsets.push(parts.reduce((sum, part) => sum + part.length, 0))
    parts.push(Buffer.from(`${offsets.length} 0 obj\n${dictionary}\n`, 'latin1'))
    if (stream !== undefined) parts.push(Buffer.from('stream\n'), Buffer.from(stream), Buffer.from('\nendstream\n'))
    parts.push(Buffer.from('endobj\n'))
  }
  const numbered = (text: string) => text.replace(/\$(\d)/g, (_, at) => `${4 + 3 * pages.length + Number(at)} 0 R`)
  const others = numbered(more.map((_, at) => `/X${at} $${at}`).join(''))
  const image = ({dictionary, data}: PdfStream) =>
    object(`<</Type/XObject/Subtype/Image/Length ${data.length}${numbered(dictionary)}>>`, data)
  object('<</Type/Catalog/Pages 2 0 R>>')
  object(`<</Type/Pages/Count ${pages.length}/Kids[${pages.map((_, page) => `${4 + 3 * page} 0 R`).join(' ')}]>>`)
  object('<</Type/Font/Subtype/Type1/BaseFont/Courier>>')
  for (const [at, {size, rotate = 0, content, image: picture}] of pages.entries()) {
    const own = 4 + 3 * at
    object(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${size.join(' ')}]/Rotate ${rotate}/Contents ${own + 1} 0 R` +
        `/Resources<</Font<</F 3 0 R>>/XObject<</I ${own + 2} 0 R${others}>>>>>>`,
    )
    object(`<</Length ${content.length}>>`, Buffer.from(content, 'latin1'))
    if (picture === undefined) object('null')
    else image(picture)
  }
  more.forEach(image)
  const start = parts.reduce((sum, part) => sum + part.length, 0)
  const rows = offsets.map(at => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const end = `xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${rows}trailer\n<</Size ${offsets.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.concat([...parts, Buffer.from(end)])
}

/** A 1-bit PNG of this size, black or white all over, packed a row at a time: it is never whole in memory. */
export async function flatPng(width: number, height: number, white = false): Promise<Uint8Array> {
  const row = new Uint8Array(1 + Math.ceil(width / 8)).fill(white ? 255 : 0, 1)
  const rows = Readable.from(
    (function* () {
      for (let y = 0; y < height; y++) yield row
    })(),
  )
  const data = await buffer(rows.pipe(createDeflate({level: 9})))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header[8] = 1
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name), content])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
