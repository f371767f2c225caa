import {readFileSync} from 'node:fs'
import {blankPage, drawPage, encode, layoutPage, type PageSpec, type PageTruth} from './page.ts'
import {type JpegPage, writePdf} from './pdf.ts'
import type {Stamp, TypedMarking} from './stamp.ts'
import {type Typing, wrap} from './type.ts'

/** A letter of the sample and the pages it is typed on. */
export interface Letter {
  /** Name of the document, as in `transcripts/`. */
  readonly id: string
  readonly pages: readonly LetterPage[]
}

/** One page of a letter, in reading order. */
export interface LetterPage {
  /** Path of the scan from the root of the repository. */
  readonly file: string
  /** Image within the file, 0-based. */
  readonly frame: number
  readonly spec: PageSpec
}

/** Where everything stands on a page of the sample. */
export interface FacsimileTruth extends PageTruth {
  readonly file: string
  readonly frame: number
}

/** Gives the letters of the sample, in order of their names. */
export function letters(): Letter[] {
  return [reaganToThatcher(), gorbachevToReagan()]
}

/**
 * Says where every word and marking stands on each page of a letter of the sample, without drawing it.
 *
 * @throws
 *   `Error` where no letter has that name.
 */
export function layout(id: string): FacsimileTruth[] {
  const letter = letters().find(candidate => candidate.id === id)
  if (letter === undefined) throw new Error(`Unexpected document \`${id}\`, expected one of the sample's letters`)
  return letter.pages.map(({file, frame, spec}) => ({file, frame, ...layoutPage(spec)}))
}

/** Draws a letter into the files of its scans: path from the root of the repository, and bytes. */
export async function renderLetter({pages}: Letter): Promise<{file: string; bytes: Uint8Array}[]> {
  const images: (JpegPage & {file: string})[] = []
  for (const {file, spec} of pages) {
    const pixels = drawPage(spec)
    images.push({file, ...pixels, dpi: spec.dpi, jpeg: await encode(pixels, spec)})
  }
  return [...new Set(images.map(({file}) => file))].map(file => {
    const own = images.filter(image => image.file === file)
    return {file, bytes: file.endsWith('.pdf') ? writePdf(own) : (own[0]?.jpeg ?? new Uint8Array())}
  })
}

function gorbachevToReagan(): Letter {
  const id = '1985-03-24-gorbachev-to-reagan'
  const typing: Typing = {face: 'special-elite', pitch: 10, leading: 5.2, left: 0.95, top: 1.5, wear: 1, density: 0.9}
  const [first = [], second = [], third = [], fourth = []] = typedPages(id, 67, [
    'in the direction the two of us',
    'calm development. This would',
    'ways to improving relations between our countries.',
  ])
  const common: PageSpec = {...blankPage, typing, format: 'jpeg', quality: 68, colour: true}
  const paper = {...blankPage.paper, tone: [241, 234, 216], mottling: 1} as const
  const secret: Stamp = {
    kind: 'banner',
    by: 'stamp',
    lines: ['SECRET'],
    ink: 'black',
    x: 4.3,
    y: 0.52,
    degrees: -0.8,
    sizes: [0.24],
    density: 0.78,
    framed: false,
  }
  const foot: Stamp = {...secret, x: 4.15, y: 10.5, degrees: 1.1}
  const citation: TypedMarking = {
    kind: 'citation',
    by: 'typewriter',
    lines: ['RR1 Exer Secret. NSC: Head of State File,', 'USSR: Gorbachev, Box. 40'],
    typing: {face: 'courier-prime-italic', pitch: 12, leading: 6, left: 4.35, top: 0.98, wear: 0.4, density: 0.74},
  }
  const released: Stamp = {
    kind: 'stamp',
    by: 'stamp',
    lines: ['DECLASSIFIED/Released', 'NLS MR 2000-004 #5'],
    ink: 'black',
    x: 3.6,
    y: 9.78,
    degrees: -1.6,
    sizes: [0.125, 0.105],
    density: 0.74,
    framed: false,
  }
  const declassified: Stamp = {
    kind: 'stamp',
    by: 'stamp',
    lines: ['DECLASSIFIED', 'NLS MR 2000-004 #5', 'By {djk} NARA, Date {6/14/00}'],
    ink: 'red',
    x: 5.2,
    y: 6.23,
    degrees: -4,
    sizes: [0.24, 0.12, 0.108],
    density: 0.72,
    framed: true,
  }
  const margin: Stamp = {
    kind: 'stamp',
    by: 'stamp',
    lines: ['DECLASSIFIED', 'NLS MR 2000-004 #5'],
    ink: 'black',
    x: 0.5,
    y: 5.3,
    degrees: -90,
    sizes: [0.17, 0.11],
    density: 0.7,
    framed: false,
  }
  const cyrillic = (kind: 'stray' | 'footer', text: string, left: number, top: number): TypedMarking => ({
    kind,
    by: 'typewriter',
    lines: [text],
    typing: {face: 'pt-mono', pitch: 10, leading: 6, left, top, wear: 0.8, density: 0.84},
  })
  const signed = typing.top + (fourth.length + 1) / typing.leading
  const pages: readonly PageSpec[] = [
    {
      ...common,
      lines: first,
      markings: [secret, citation, released, foot],
      seed: 8501,
      skew: -0.6,
      paper: {...paper, gutter: 'left', shadow: 0.4, folds: [3.7, 7.35]},
    },
    {
      ...common,
      lines: second,
      markings: [{...secret, x: 4.4, degrees: 1.4}, declassified, {...foot, x: 4.35, degrees: -0.5}],
      seed: 8502,
      skew: 0.9,
      paper: {...paper, gutter: 'right', shadow: 0.5, folds: [3.68, 7.33]},
    },
    {
      ...common,
      lines: third,
      markings: [{...secret, x: 4.2, degrees: 0.4}, margin, {...foot, x: 4.4, degrees: 1.8}],
      seed: 8503,
      dpi: 150,
      skew: -1.2,
      paper: {...paper, gutter: 'left', shadow: 0.45, folds: [3.7, 7.35]},
      colour: false,
      levels: 16,
      noise: 4,
      format: 'png',
    },
    {
      ...common,
      lines: fourth,
      markings: [
        {...secret, x: 4.25},
        cyrillic('stray', 'Кертоансаи шис лумина лаво', 4.15, signed),
        {...foot, x: 4.3, y: 10.2},
        cyrillic('footer', 'СЕРТИФИКАТ', 3.8, 10.62),
      ],
      seed: 8504,
      dpi: 300,
      skew: 0.4,
      paper: {...paper, gutter: 'right', shadow: 0.35, folds: [3.7, 7.35]},
      colour: false,
    },
  ]
  return {
    id,
    pages: pages.map((spec, index) => ({
      file: `scans/${id}/${index + 1}.${spec.format === 'png' ? 'png' : 'jpg'}`,
      frame: 0,
      spec,
    })),
  }
}

function reaganToThatcher(): Letter {
  const id = '1984-11-22-reagan-to-thatcher'
  const typing: Typing = {face: 'courier-prime', pitch: 10, leading: 6, left: 1.1, top: 1.6, wear: 0.35, density: 0.93}
  const [first = [], second = []] = typedPages(id, 62, ['in Brussels next month.'])
  const banner = (top: number, struck: boolean): TypedMarking => ({
    kind: 'banner',
    by: 'typewriter',
    lines: ['SECRET'],
    typing: {...typing, left: 3.95, top},
    struck,
  })
  const declassified: Stamp = {
    kind: 'stamp',
    by: 'stamp',
    lines: ['DECLASSIFIED', 'By {rmc} NARA, Date {3/28/00}'],
    ink: 'red',
    x: 2.75,
    y: 4.35,
    degrees: 3,
    sizes: [0.22, 0.11],
    density: 0.7,
    framed: false,
  }
  const common: PageSpec = {...blankPage, typing, format: 'jpeg', quality: 66, specks: 45}
  const paper = {...blankPage.paper, tone: [246, 244, 238] as const, mottling: 0.5, border: 0.035, lid: 214}
  const pages: readonly PageSpec[] = [
    {
      ...common,
      lines: first,
      markings: [banner(0.8, false), banner(10.35, false)],
      seed: 8411,
      skew: 0.7,
      paper: {...paper, gutter: 'left', shadow: 0.3},
    },
    {
      ...common,
      lines: second,
      markings: [banner(0.8, true), declassified, banner(10.35, true)],
      seed: 8412,
      skew: -0.5,
      colour: true,
      paper: {...paper, gutter: 'right', shadow: 0.3},
    },
  ]
  return {id, pages: pages.map((spec, frame) => ({file: `scans/${id}.pdf`, frame, spec}))}
}

/**
 * Types a curated transcript as a typist would: indented paragraphs with a line between them.
 *
 * @param columns
 *   Characters a line.
 * @param breaks
 *   The words after which each page but the last ends.
 * @returns
 *   The lines of each page.
 */
function typedPages(id: string, columns: number, breaks: readonly string[]): string[][] {
  const source = readFileSync(new URL(`../../transcripts/${id}.md`, import.meta.url), 'utf8')
  const body = source.replace(/^---\n[\s\S]*?\n---\n/, '').trim()
  const pages: string[][] = [[]]
  const put = (lines: readonly string[]): void => {
    const page = pages.at(-1)
    if (page !== undefined) page.push(...(page.length > 0 ? [''] : []), ...lines)
  }
  for (const block of body.split('\n\n')) {
    const words = breaks[pages.length - 1]
    if (words === undefined || !block.includes(words)) {
      put(typedBlock(block, columns, true))
      continue
    }
    const end = block.indexOf(words) + words.length
    const rest = block.slice(end).trim()
    put(typedBlock(block.slice(0, end), columns, true))
    pages.push(rest === '' ? [] : typedBlock(rest, columns, false))
  }
  return pages
}

function typedBlock(block: string, columns: number, begins: boolean): string[] {
  const lines = block.split(/ *\n/)
  // The date and the close stand right of the middle; what is broken by hand stays broken.
  const toRight = /^([A-Z][a-z]+ \d+, \d{4}|Sincerely,|M\. GORBACHEV|\/S\/)$/.test(lines[0] ?? '')
  if (toRight) return lines.map(line => ' '.repeat(32) + line)
  if (lines.length > 1 || block.length < columns - 5) return lines
  return wrap(block, columns, begins ? 5 : 0)
}
