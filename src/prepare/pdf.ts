import {type PDFiumDocument, PDFiumLibrary, type PDFiumPage} from '@hyzyla/pdfium'
import {type Page, UserError} from '../model.ts'
import {checkSize, said} from './limits.ts'
import {damageOfImage, faultOfImage} from './pdf-image.ts'
import {pixelsOf, type Raster, type Size} from './raster.ts'

/** Dots per inch of a page that is not one image. */
const renderDensity = 300

/**
 * Draw one page of a PDF as a viewer shows it.
 *
 * Where one image fills the page, at that image's own size, which gives its very
 * pixels; else, as where several lie over each other, at 300 dpi. Drawing beats taking the image out of the file:
 * release footers, crop boxes and turned pages come out as they are seen.
 *
 * @throws UserError
 *   Where the file or an image of the page is damaged, or the file is locked or has no such page.
 */
export function decodePdf(bytes: Uint8Array, page: Page): Promise<Raster> {
  return inTurn(bytes, page, draw)
}

/** Tell the size at which `decodePdf` draws a page; the same errors. */
export function sizePdf(bytes: Uint8Array, page: Page): Promise<Size> {
  return inTurn(bytes, page, async (drawn, place) => (await sizeOf(drawn, place, false)).size)
}

/** Find damage in the middle of a page's JPEG and JPEG 2000 images, as `damageOfImage` says it; null where there is none. */
export function damageInPdf(bytes: Uint8Array, page: Page): Promise<string | null> {
  return inTurn(bytes, page, async drawn => {
    for (const object of drawn.objects()) {
      const image = object.type === 'image' ? await object.getImageDataRaw().catch(() => null) : null
      const damage = image === null ? null : damageOfImage(image)
      if (damage !== null) return damage
    }
    return null
  })
}

/**
 * Draw the one page of a PDF that was written for it, on no ground.
 *
 * @returns
 *   Four bytes a pixel, red first; the last is 0 where nothing was drawn.
 * @throws Error
 *   Where the library gives up, as of pages that take more memory than it has.
 */
export function drawWritten(pdf: Uint8Array, size: Size) {
  return afterOthers(async () => {
    try {
      library ??= PDFiumLibrary.init()
      const document = await (await library).loadDocument(pdf)
      const options = {...size, scale: 1, colorSpace: 'BGRA', transparent: true, render: 'bitmap'} as const
      const {data} = await document.getPage(0).render(options)
      document.destroy()
      return data
    } catch (error) {
      beginAnew()
      throw error
    }
  })
}

function inTurn<Result>(
  bytes: Uint8Array,
  page: Page,
  work: (drawn: PDFiumPage, place: string) => Promise<Result>,
): Promise<Result> {
  return afterOthers(() => withPage(bytes, page, work))
}

/** One page is open at a time, so what is done with a page waits for its turn. */
function afterOthers<Result>(work: () => Promise<Result>): Promise<Result> {
  const done = turn.then(work)
  turn = done.catch(() => {})
  return done
}

/** A trap in the decoder can leave it in any state. */
function beginAnew(): void {
  library = null
  current = null
}

let turn: Promise<unknown> = Promise.resolve()
let library: Promise<PDFiumLibrary> | null = null
/** The last document, for its next pages: opening copies the whole file. */
let current: {
  readonly sha256: string
  readonly document: PDFiumDocument
  /** Whether each row of some fax in it begins a byte: of such an image it cannot be told whether it is whole. */
  readonly hasAlignedFax: boolean
  /** Sizes of its images that show only through a mask, as `600x800`. */
  readonly masked: ReadonlySet<string>
  /** What is wrong with the images of pages that were drawn, by the page's number: in a run a page is drawn several times. */
  readonly faults: Map<number, string | null>
} | null = null

async function withPage<Result>(
  bytes: Uint8Array,
  {scan}: Page,
  work: (drawn: PDFiumPage, place: string) => Promise<Result>,
): Promise<Result> {
  const {file, frame, sha256} = scan
  try {
    const document = await open(bytes, sha256)
    const count = document.getPageCount()
    if (frame >= count) {
      throw new UserError(
        `Unexpected number of pages \`${count}\` in \`${file}\`, expected at least \`${frame + 1}\`, read the folder again`,
      )
    }
    return await work(document.getPage(frame), `page \`${frame + 1}\` of \`${file}\``)
  } catch (error) {
    if (error instanceof UserError) throw error
    beginAnew()
    const reason = said(error)
    throw new UserError(
      /password|security/i.test(reason)
        ? `Unexpected password on \`${file}\`, expected an open PDF, save it without a password`
        : `Unexpected data on page \`${frame + 1}\` of \`${file}\`: \`${reason}\`, expected a whole PDF, copy or scan the file again`,
    )
  }
}

async function sizeOf(drawn: PDFiumPage, place: string, whole: boolean) {
  const {originalWidth, originalHeight} = drawn.getOriginalSize()
  if (!(originalWidth > 0 && originalHeight > 0)) throw new Error('the page cannot be loaded')
  const {size, grey, fault} = await look(drawn, originalWidth, originalHeight, whole)
  checkSize(size.width, size.height, place)
  if (fault !== null) {
    throw new UserError(
      `Unexpected image on ${place}: its ${fault}, expected a whole one, copy or export the file again`,
    )
  }
  return {size, grey, originalWidth}
}

async function draw(drawn: PDFiumPage, place: string): Promise<Raster> {
  const {size, grey, originalWidth} = await sizeOf(drawn, place, true)
  // Drawing closes the page, so it is the last thing done with it.
  const {data} = await drawn.render({
    ...size,
    scale: 1,
    colorSpace: grey ? 'Gray' : 'BGRA',
    render: 'bitmap',
  })
  return {
    ...(grey ? {data, channels: 1} : pixelsOf(data)),
    ...size,
    density: Math.round((72 * size.width) / originalWidth),
    aspect: 1,
  }
}

async function open(bytes: Uint8Array, sha256: string): Promise<PDFiumDocument> {
  if (current?.sha256 === sha256) return current.document
  current?.document.destroy()
  current = null
  library ??= PDFiumLibrary.init()
  const document = await (await library).loadDocument(bytes)
  // What describes an image is never packed.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const hasAlignedFax = text.includes('/EncodedByteAlign true')
  current = {
    sha256,
    document,
    hasAlignedFax,
    masked: new Set([...sizesWith(text, '/SMask '), ...sizesWith(text, '/Mask ')]),
    faults: new Map(),
  }
  return document
}

/** The sizes of images that are described with a word. */
function* sizesWith(text: Buffer, word: string): Generator<string> {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const start = Math.max(text.lastIndexOf(' obj', at), at - longestDescription)
    const end = text.indexOf('stream', at)
    const description = text.toString('latin1', start, end < 0 ? at : Math.min(end, at + longestDescription))
    const [width, height] = ['Width', 'Height'].map(name => new RegExp(`/${name}\\s+(\\d+)`).exec(description)?.[1])
    yield `${width}x${height}`
  }
}

/** In bytes. */
const longestDescription = 2000

/**
 * Size to draw at, whether one bit is all there is, and what is wrong with the page's images.
 *
 * @param whole
 *   False to leave the images' data alone.
 */
async function look(page: PDFiumPage, pageWidth: number, pageHeight: number, whole: boolean) {
  const scale = renderDensity / 72
  const usual = {width: Math.round(pageWidth * scale), height: Math.round(pageHeight * scale)}
  const filling: (Size & {readonly isFirst: boolean})[] = []
  let images = 0
  let bitonal = true
  const known = current?.faults.get(page.number)
  let fault = (whole && known) || null
  for (const object of page.objects()) {
    if (object.type === 'text') continue
    // An image that cannot be taken out can still be drawn.
    const image = object.type === 'image' ? await object.getImageDataRaw().catch(() => null) : null
    if (image === null || !image.filters.some(name => name === 'JBIG2Decode' || name === 'CCITTFaxDecode')) {
      bitonal = false
    }
    if (image === null) continue
    const isTold = image.filters[0] !== 'CCITTFaxDecode' || current?.hasAlignedFax === false
    if (whole && isTold && known === undefined) fault ??= await faultOfImage(image)
    const fills = Math.abs((image.width / image.height) * (pageHeight / pageWidth) - 1) < 0.005
    const density = (72 * image.width) / pageWidth
    if (fills && density >= 72 && density <= 1200) {
      filling.push({width: image.width, height: image.height, isFirst: images === 0})
    }
    images++
  }
  if (whole) current?.faults.set(page.number, fault)
  return {size: sizeBy(filling, usual), grey: bitonal && images > 0, fault}
}

/** Of layers, as a coarse ground under a fine mask of the type, none is the page: one that is as fine as a page is drawn otherwise says how. */
function sizeBy(filling: readonly (Size & {readonly isFirst: boolean})[], usual: Size): Size {
  const [first] = filling
  const isLayered = filling.length > 1 || filling.some(({width, height}) => current?.masked.has(`${width}x${height}`))
  const one = isLayered ? filling.find(({width}) => width >= usual.width) : first?.isFirst ? first : undefined
  return one === undefined ? usual : {width: one.width, height: one.height}
}
