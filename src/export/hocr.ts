import type {Box, Recognition} from '../model.ts'
import {around, paragraphsOf, short, type WrittenLine} from './words.ts'
import {xml} from './xml.ts'

/**
 * Write the pages of a document as hOCR 1.2, in XHTML: `ocr_page`, `ocr_par`, `ocr_line`, `ocrx_word`.
 *
 * Boxes are whole pixels of the scan, confidences whole percents, as tesseract writes them.
 *
 * @param scans
 *   Name of each page's scan file.
 */
export function writeHocr(pages: readonly Recognition[], scans: readonly string[]): string {
  const systems = [...new Set(pages.map(({engine}) => `${engine.name} ${engine.version}`.trim()))]
  const languages = [...new Set(pages.flatMap(({engine}) => languagesOf(engine.model)))]
  const body = pages.map((page, index) => writePage(page, scans[index] ?? '', index)).join('')
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
 <head>
  <title></title>
  <meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
  <meta name="ocr-system" content="${xml(systems.join(' + '))}" />
  <meta name="ocr-langs" content="${xml(languages.join(' ') || 'unknown')}" />
  <meta name="ocr-number-of-pages" content="${pages.length}" />
  <meta name="ocr-capabilities" content="ocr_page ocr_par ocr_line ocrx_word ocrp_wconf" />
 </head>
 <body>
${body} </body>
</html>
`
}

/** The languages of a model as hOCR wants them, of two letters (ISO 639-1) where there are two: `eng+chi_sim` is English and Chinese. */
function languagesOf(model: string): readonly string[] {
  return model.split('+').flatMap(part => {
    const [letters = ''] = part.split('_')
    return /^[a-z]{2,3}$/.test(letters) ? Intl.getCanonicalLocales(letters) : []
  })
}

function writePage({width, height, lines}: Recognition, scan: string, index: number): string {
  // A name in quotes has no way to hold one.
  const image = scan.replaceAll('"', '%22')
  const title = `image "${image}"; bbox 0 0 ${Math.ceil(width)} ${Math.ceil(height)}; ppageno ${index}`
  const id = `page_${index + 1}`
  let count = 0
  const paragraphs = paragraphsOf(lines).map((paragraph, number) => {
    const written = paragraph.map(line => writeLine(line, `${index + 1}_${++count}`)).join('')
    const box = bbox(around(paragraph.map(({box}) => box)))
    return `   <p class="ocr_par" id="par_${index + 1}_${number + 1}" title="${box}">\n${written}   </p>\n`
  })
  return `  <div class="ocr_page" id="${id}" title="${xml(title)}">\n${paragraphs.join('')}  </div>\n`
}

function writeLine(line: WrittenLine, id: string): string {
  const box = around([line.box])
  const words = line.words.map(
    ({text, box, confidence}, index) =>
      `<span class="ocrx_word" id="word_${id}_${index + 1}" title="${bbox(around([box]))}; x_wconf ${Math.round(confidence * 100)}">${xml(text)}</span>`,
  )
  return `    <span class="ocr_line" id="line_${id}" title="${bbox(box)}${slopeOf(line, box)}">${words.join(' ')}</span>\n`
}

/** The baseline, by its slope and where it leaves the left edge, seen from the lower one; else the angle, counter-clockwise. */
function slopeOf({angle, baseline}: WrittenLine, {x, y, height}: Box): string {
  const run = baseline === undefined ? 0 : baseline.x2 - baseline.x1
  if (baseline === undefined || run <= 0) return angle === 0 ? '' : `; textangle ${short(-angle)}`
  const slope = (baseline.y2 - baseline.y1) / run
  const offset = baseline.y1 - slope * (baseline.x1 - x) - (y + height)
  return `; baseline ${Math.round(slope * 1e5) / 1e5 + 0} ${short(offset)}`
}

function bbox({x, y, width, height}: Box): string {
  return `bbox ${x} ${y} ${x + width} ${y + height}`
}
