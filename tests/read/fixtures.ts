import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import sharp from 'sharp'
import {onTestFinished} from 'vitest'

/** Makes a corpus in a folder of its own, gone when the test ends; keys are paths, values contents. */
export async function makeCorpus(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'scanproof-'))
  onTestFinished(() => rm(root, {recursive: true, force: true}))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(root, dirname(name)), {recursive: true})
    await writeFile(join(root, name), content)
  }
  return root
}

/** A small image; another `shade` gives other bytes. */
export function makeImage(format: 'png' | 'jpeg' | 'webp' | 'tiff' | 'gif' | 'avif', shade = 255): Promise<Buffer> {
  const background = {r: shade, g: shade, b: shade}
  return sharp({create: {width: 4, height: 4, channels: 3, background}})
    .toFormat(format)
    .toBuffer()
}

/** How a TIFF directory is written: its `NewSubfileType`, if it has one. */
export type Directory = {readonly subfileType?: number}

/** A TIFF of directories without pixels; `next` of the last one leads to `loop` where that is given. */
export function makeTiff(
  directories: readonly Directory[],
  {little = true, big = false, loop}: {little?: boolean; big?: boolean; loop?: number} = {},
): Uint8Array {
  const size = big ? 8 + 20 + 8 : 2 + 12 + 4
  const first = big ? 16 : 8
  const view = new DataView(new ArrayBuffer(first + directories.length * size))
  const offset = (at: number, value: number): void => {
    if (big) view.setBigUint64(at, BigInt(value), little)
    else view.setUint32(at, value, little)
  }
  view.setUint16(0, little ? 0x4949 : 0x4d4d)
  view.setUint16(2, big ? 43 : 42, little)
  if (big) view.setUint16(4, 8, little)
  offset(big ? 8 : 4, directories.length === 0 ? 0 : first)
  for (const [index, {subfileType}] of directories.entries()) {
    const at = first + index * size
    if (big) view.setBigUint64(at, 1n, little)
    else view.setUint16(at, 1, little)
    const entry = at + (big ? 8 : 2)
    view.setUint16(entry, subfileType === undefined ? 256 : 254, little)
    view.setUint16(entry + 2, 4, little)
    view.setUint32(entry + (big ? 12 : 8), subfileType ?? 4, little)
    const next = index + 1 < directories.length ? index + 1 : loop
    offset(at + size - (big ? 8 : 4), next === undefined ? 0 : first + next * size)
  }
  return new Uint8Array(view.buffer)
}

/** A PDF of empty pages; with `encrypted`, one that does not open without a password. */
export function makePdf(pages: number, {encrypted = false} = {}): Uint8Array {
  const kids = Array.from({length: pages}, (_, page) => `${page + 4} 0 R`).join(' ')
  // The hashes are no password's: nothing opens the file.
  const hash = `<${'5a'.repeat(32)}>`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Count ${pages}/Kids[${kids}]>>`,
    `<</Filter/Standard/V 1/R 2/Length 40/P -4/O ${hash}/U ${hash}>>`,
    ...Array<string>(pages).fill('<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>'),
  ]
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const at = body.length
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const rows = offsets.map(at => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const trailer = `<</Size ${objects.length + 1}/Root 1 0 R${encrypted ? `/Encrypt 3 0 R/ID[${hash}${hash}]` : ''}>>`
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n${trailer}\nstartxref\n${body.length}\n%%EOF\n`
  return Buffer.from(body, 'latin1')
}
