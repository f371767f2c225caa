import type {PackedPicture, Recognition} from '../model.ts'
import {glyphlessFont} from './glyphless-font.ts'
import {layoutText, type PlacedText} from './text-layer.ts'

export interface PdfPage {
  readonly recognition: Recognition
  readonly image: PackedPicture
  /** Pixels of the scan to an inch. */
  readonly density: number
}

/**
 * Write a searchable PDF, piece by piece: each page is its scan, under it the words that were read, invisible, each in its box.
 *
 * Text is shown by a font without outlines, one glyph for each character that
 * occurs, with its Unicode beside, so that any script can be searched and copied.
 * The same pages give the same bytes.
 *
 * Source: PDF 1.7, ISO 32000-1.
 */
export async function* writePdf(title: string, pages: AsyncIterable<PdfPage>): AsyncGenerator<Uint8Array> {
  const offsets: number[] = []
  let position = 0
  const out = (...parts: readonly (string | Uint8Array)[]): Uint8Array => {
    const bytes = Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)))
    position += bytes.length
    return bytes
  }
  const object = (number: number, ...parts: readonly (string | Uint8Array)[]): Uint8Array => {
    offsets[number] = position
    return out(`${number} 0 obj\n`, ...parts, '\nendobj\n')
  }
  const stream = (number: number, fields: string, data: string | Uint8Array): Uint8Array =>
    object(number, `<<${fields}/Length ${data.length}>>\nstream\n`, data, '\nendstream')

  yield out('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')
  const codes = new Map<string, number>()
  const kids: number[] = []
  let next = firstFree
  for await (const {recognition, image, density} of pages) {
    const [page, content, picture] = [next, next + 1, next + 2]
    next += 3
    kids.push(page)
    const scale = 72 / density
    const [width, height] = [recognition.width * scale, recognition.height * scale]
    yield object(
      page,
      `<</Type/Page/Parent ${pagesNumber} 0 R/MediaBox[0 0 ${point(width)} ${point(height)}]`,
      `/Resources<</Font<</F ${fontNumber} 0 R>>/XObject<</I ${picture} 0 R>>>>/Contents ${content} 0 R>>`,
    )
    const text = layoutText(recognition, scale).map(placed => show(placed, codes))
    const drawn = `BT\n/F 1 Tf\n3 Tr\n${text.join('')}ET\nq\n${point(width)} 0 0 ${point(height)} 0 0 cm\n/I Do\nQ\n`
    yield stream(content, '', drawn)
    yield stream(picture, imageFields(image), image.data)
  }
  yield object(catalogNumber, `<</Type/Catalog/Pages ${pagesNumber} 0 R>>`)
  yield object(
    pagesNumber,
    `<</Type/Pages/Count ${kids.length}/Kids[${kids.map(number => `${number} 0 R`).join(' ')}]>>`,
  )
  yield object(infoNumber, `<</Title <FEFF${utf16(title)}>/Producer (scanproof)>>`)
  yield object(
    fontNumber,
    `<</Type/Font/Subtype/Type0/BaseFont/Glyphless/Encoding/Identity-H`,
    `/DescendantFonts[${fontNumber + 1} 0 R]/ToUnicode ${fontNumber + 4} 0 R>>`,
  )
  yield object(
    fontNumber + 1,
    '<</Type/Font/Subtype/CIDFontType2/BaseFont/Glyphless/CIDToGIDMap/Identity/DW 500',
    `/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor ${fontNumber + 2} 0 R>>`,
  )
  yield object(
    fontNumber + 2,
    '<</Type/FontDescriptor/FontName/Glyphless/Flags 4/FontBBox[0 -200 500 800]/ItalicAngle 0/Ascent 800',
    `/Descent -200/CapHeight 800/StemV 80/FontFile2 ${fontNumber + 3} 0 R>>`,
  )
  const font = glyphlessFont(codes.size)
  yield stream(fontNumber + 3, `/Length1 ${font.length}`, font)
  yield stream(fontNumber + 4, '', toUnicode([...codes.keys()]))
  const table = position
  const rows = Array.from({length: next - 1}, (_, index) => `${pad(offsets[index + 1] ?? 0, 10)} 00000 n \n`)
  yield out(
    `xref\n0 ${next}\n0000000000 65535 f \n${rows.join('')}`,
    `trailer\n<</Size ${next}/Root ${catalogNumber} 0 R/Info ${infoNumber} 0 R>>\nstartxref\n${table}\n%%EOF\n`,
  )
}

const catalogNumber = 1
const pagesNumber = 2
const infoNumber = 3
/** The font takes five objects. */
const fontNumber = 4
const firstFree = 9

/** Characters that a font can tell apart; of more, the rest cannot be searched. */
const mostCodes = 65_534

function show({text, matrix}: PlacedText, codes: Map<string, number>): string {
  const written = [...text].map(character => {
    if (!codes.has(character) && codes.size < mostCodes) codes.set(character, codes.size + 1)
    return (codes.get(character) ?? 0).toString(16).padStart(4, '0')
  })
  return `${matrix.map(value => point(value)).join(' ')} Tm <${written.join('')}> Tj\n`
}

function imageFields({filter, width, height, colors, bits, palette}: PackedPicture): string {
  const device = colors === 1 ? '/DeviceGray' : '/DeviceRGB'
  const space =
    palette === null
      ? device
      : `[/Indexed/DeviceRGB ${palette.length / 3 - 1} <${Buffer.from(palette).toString('hex')}>]`
  const predictor =
    filter === 'FlateDecode'
      ? `/DecodeParms<</Predictor 15/Colors ${palette === null ? colors : 1}/BitsPerComponent ${bits}/Columns ${width}>>`
      : ''
  return `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace${space}/BitsPerComponent ${bits}/Filter/${filter}${predictor}`
}

/** The Unicode of each code, from 1. */
function toUnicode(characters: readonly string[]): string {
  const rows = characters.map((character, index) => `<${pad16(index + 1)}> <${utf16(character)}>\n`)
  const blocks: string[] = []
  for (let first = 0; first < rows.length; first += 100) {
    const some = rows.slice(first, first + 100)
    blocks.push(`${some.length} beginbfchar\n${some.join('')}endbfchar\n`)
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${blocks.join('')}endcmap
CMapName currentdict /CMap defineresource pop
end
end
`
}

function utf16(text: string): string {
  let hex = ''
  for (let index = 0; index < text.length; index++) hex += pad16(text.charCodeAt(index))
  return hex
}

function pad16(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, '0')
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0')
}

/** A number as PDF takes it: no exponent. */
function point(value: number): string {
  return (Math.round(value * 10_000) / 10_000 + 0).toString().replace(/e.*/, '')
}
