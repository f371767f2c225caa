import sharp from 'sharp'
import {calibrate, reviewEffort} from '../../src/measure/confidence.ts'
import {sumConfusions} from '../../src/measure/series.ts'
import type {
  Box,
  CorpusReview,
  Counts,
  Difference,
  DocumentReport,
  DocumentReview,
  DrawnPart,
  Edit,
  EditAction,
  Finding,
  PageReport,
  Preview,
  Rate,
  Report,
  Series,
  Suspect,
  Totals,
} from '../../src/model.ts'

/**
 * Text of a page in a notation that holds both sides.
 *
 * `[transcript/reading]` is a difference, `[transcript/reading|suspect|evidence; evidence]` one with
 * a judgement; `{strip family raw}` was taken out, `{repair family raw|replacement}` changed.
 */
export interface PageNotation {
  readonly name: string
  readonly text: string
  readonly failed?: string
  readonly regions?: PageReport['regions']
}

export interface DocumentNotation {
  readonly id: string
  readonly title: string | null
  readonly hasTranscript?: boolean
  readonly exact?: boolean
  readonly pages: readonly PageNotation[]
}

/** A page as drawn: words with their boxes, for the picture. */
interface Placed {
  readonly text: string
  readonly box: Box
  readonly isStamp: boolean
}

export interface Fixture {
  readonly report: Report
  /** Words on each page, by page id, for drawing. */
  readonly placed: ReadonlyMap<string, readonly Placed[]>
}

export const pageWidth = 1275
export const pageHeight = 1650
const columns = 64
const advance = 16
const leading = 34
const margin = {x: 120, y: 130}

export function buildReport(documents: readonly DocumentNotation[], findings: readonly Finding[] = []): Fixture {
  const placed = new Map<string, readonly Placed[]>()
  const reports = documents.map(document => buildDocument(document, placed))
  const totals = addTotals(reports.flatMap(document => document.totals ?? []))
  const isIncomplete = [...findings, ...reports.flatMap(document => document.findings)].some(
    finding => finding.severity === 'error',
  )
  const report: Report = {
    schemaVersion: 1,
    tool: {name: 'scanproof', version: '0.1.0'},
    engine: {
      name: 'tesseract.js',
      version: '7.0.0',
      model: 'eng',
      modelSha256: 'ab'.repeat(32),
      parameters: {tessedit_pageseg_mode: '4', preserve_interword_spaces: '0'},
    },
    config: {
      equality: 'text',
      equivalences: {},
      profile: 'declassified',
      disabledRules: [],
      maxCharacterErrorRate: 0.03,
    },
    totals,
    review: corpusReviewOf(reports),
    documents: reports,
    findings,
    verdict: {status: isIncomplete ? 'incomplete' : 'passed', checks: []},
  }
  return {report, placed}
}

function buildDocument(notation: DocumentNotation, placed: Map<string, readonly Placed[]>): DocumentReport {
  const {id, title, hasTranscript = true, exact = true} = notation
  const transcript = hasTranscript ? `transcripts/${id}.md` : null
  const differences: Difference[] = []
  const edits: Edit[] = []
  const drawn: DrawnPart[] = []
  const findings: Finding[] = []
  const pages: PageReport[] = []
  let source = `---\ntitle: ${title ?? ''}\n---\n\n`
  let raw = ''
  let clean = ''

  for (const {name, text, failed, regions = []} of notation.pages) {
    const pageId = `${id}/${name}`
    const scan = {file: `scans/${pageId}.png`, frame: 0, sha256: 'cd'.repeat(32)}
    if (failed !== undefined) {
      findings.push({
        ruleId: 'recognize:failed',
        severity: 'error',
        reason: failed,
        file: scan.file,
        page: pageId,
        point: null,
      })
      pages.push({
        id: pageId,
        status: 'failed',
        scan,
        width: 0,
        height: 0,
        confidence: null,
        fingerprint: null,
        counts: null,
        regions: [],
      })
      continue
    }
    if (pages.length > 0) {
      drawn.push({difference: null, reference: hasTranscript ? ' ' : '', hypothesis: '\f', page: pageId})
      source += ' '
      raw += '\f'
      clean += '\f'
    }
    const words: Placed[] = []
    const characters = {raw: noCounts(), clean: noCounts()}
    const wordCounts = {raw: noCounts(), clean: noCounts()}
    let column = 0
    let line = 0
    const place = (word: string, isStamp = false): Box => {
      if (column > 0 && column + word.length > columns) {
        column = 0
        line += 1
      }
      const box: Box = {
        x: margin.x + column * advance,
        y: margin.y + line * leading,
        width: Math.max(1, word.length) * advance,
        height: 24,
      }
      words.push({text: word, box, isStamp})
      column += word.length
      return box
    }
    const placeText = (part: string, isStamp = false): Box | null => {
      let all: Box | null = null
      for (const piece of part.match(/\n\n|\n|[^\S\n]+|\S+/g) ?? []) {
        if (piece.startsWith('\n')) {
          column = 0
          line += piece.length
        } else if (piece.trim() === '') column += 1
        else all = union(all, place(piece, isStamp))
      }
      return all
    }
    const count = (unit: 'raw' | 'clean', add: Partial<Mutable<Counts>>, words: Partial<Mutable<Counts>>) => {
      for (const key of countKeys) {
        characters[unit][key] += add[key] ?? 0
        wordCounts[unit][key] += words[key] ?? 0
      }
    }

    for (const piece of parseNotation(text)) {
      if (piece.kind === 'equal') {
        drawn.push({
          difference: null,
          reference: hasTranscript ? piece.text : '',
          hypothesis: piece.text,
          page: pageId,
        })
        placeText(piece.text)
        const correct = {correct: [...piece.text].length}
        const correctWords = {correct: piece.text.match(/\S+/g)?.length ?? 0}
        count('raw', correct, correctWords)
        count('clean', correct, correctWords)
        source += piece.text
        raw += piece.text
        clean += piece.text
      } else if (piece.kind === 'edit') {
        const box = placeText(piece.raw, true)
        edits.push({
          ruleId: `${piece.action}-${piece.family}`,
          family: piece.family,
          action: piece.action,
          span: {start: raw.length, end: raw.length + piece.raw.length},
          cleanSpan: {start: clean.length, end: clean.length + piece.replacement.length},
          raw: piece.raw,
          replacement: piece.replacement,
          score: 4.5,
          evidence: ['alone on its line', 'in capitals', 'in the top tenth of the page'],
          pageId,
          box,
        })
        if (piece.replacement !== '') {
          drawn.push({
            difference: null,
            reference: hasTranscript ? piece.replacement : '',
            hypothesis: piece.replacement,
            page: pageId,
          })
        }
        count('raw', {insertions: [...piece.raw].length}, {insertions: piece.raw.match(/\S+/g)?.length ?? 0})
        source += piece.replacement
        raw += piece.raw
        clean += piece.replacement
      } else {
        const {reference, hypothesis, suspect, evidence} = piece
        const kind = reference === '' ? 'insertion' : hypothesis === '' ? 'deletion' : 'substitution'
        const box = placeText(suspect === 'transcript' ? hypothesis : reference || hypothesis)
        const errors = characterErrors(reference, hypothesis)
        const lines = source.split('\n')
        const difference: Difference = {
          id: hash(`${id} ${source.length} ${reference} ${hypothesis}`),
          kind,
          reference,
          hypothesis,
          before: source.slice(-32).replace(/\s+/g, ' '),
          after: '',
          characters: errors,
          scan: {page: pageId, box, confidence: hypothesis === '' ? null : 0.4 + (source.length % 50) / 100},
          transcript: hasTranscript
            ? {
                line: lines.length,
                column: lines.at(-1)!.length + 1,
                offset: source.length,
                endOffset: source.length + reference.length,
              }
            : null,
          suspect,
          probabilities: probabilitiesOf(suspect),
          pattern: null,
          evidence,
        }
        differences.push(difference)
        drawn.push({difference: difference.id, reference, hypothesis, page: hypothesis === '' ? null : pageId})
        const correct = Math.max(0, [...reference].length - errors.substitutions - errors.deletions)
        const wordErrors =
          kind === 'insertion' ? {insertions: 1} : kind === 'deletion' ? {deletions: 1} : {substitutions: 1}
        for (const unit of ['raw', 'clean'] as const) count(unit, {...errors, correct}, wordErrors)
        source += reference
        raw += hypothesis
        clean += hypothesis
      }
    }
    placed.set(pageId, words)
    pages.push({
      id: pageId,
      status: hasTranscript ? 'compared' : 'read',
      scan,
      width: pageWidth,
      height: pageHeight,
      confidence: 0.91,
      fingerprint: hash(pageId).repeat(8),
      counts: hasTranscript ? totalsOf(characters, wordCounts) : null,
      regions,
    })
  }

  if (!hasTranscript) {
    findings.push({
      ruleId: 'read:no-transcript',
      severity: 'warning',
      reason: `Unexpected scan without transcript, expected \`transcripts/${id}.md\`, write one or run \`scanproof init\``,
      file: `scans/${id}`,
      page: null,
      point: null,
    })
  }
  const text = drawn.map(part => part.reference).join('')
  let at = 0
  const after = new Map<string, string>()
  for (const part of drawn) {
    at += part.reference.length
    if (part.difference !== null) after.set(part.difference, text.slice(at, at + 32).replace(/\s+/g, ' '))
  }
  const counted = pages.flatMap(page => page.counts ?? [])
  return {
    id,
    status: !hasTranscript
      ? 'no-transcript'
      : notation.pages.some(page => page.failed !== undefined)
        ? 'incomplete'
        : 'compared',
    title,
    transcript,
    totals: counted.length === 0 ? null : addTotals(counted),
    exact,
    pages,
    differences: differences.map(difference => ({...difference, after: after.get(difference.id) ?? ''})),
    doubts: [],
    edits,
    drawn,
    makeup: null,
    review: hasTranscript ? reviewOf(pages, differences, text) : null,
    findings,
  }
}

/** One series for each pair of sides, without the letters in which they agree; every fortieth word is one to look at. */
function reviewOf(pages: readonly PageReport[], differences: readonly Difference[], text: string): DocumentReview {
  const series = new Map<string, Series & {differences: string[]}>()
  for (const {id, reference, hypothesis} of differences) {
    const [from, to] = parted([...reference], [...hypothesis])
    const found = series.get(`${from}\0${to}`)
    const errors = Math.max([...from].length, [...to].length)
    if (found === undefined) {
      series.set(`${from}\0${to}`, {reference: from, hypothesis: to, times: 1, errors, differences: [id]})
    } else {
      series.set(`${from}\0${to}`, {
        ...found,
        times: found.times + 1,
        errors: found.errors + errors,
        differences: [...found.differences, id],
      })
    }
  }
  const first = pages.find(page => page.status === 'compared')
  const word = /\b[a-z]{5,}\b/.exec(text)
  return {
    gains: pages.map(({id}) => ({page: id, expected: 1.5})),
    series: [...series.values()],
    unsure:
      first === undefined || word === null
        ? []
        : [
            {
              text: word[0],
              cleanSpan: {start: word.index, end: word.index + word[0].length},
              page: first.id,
              box: {x: 120, y: 200, width: 80, height: 24},
              confidence: 0.52,
            },
          ],
  }
}

function corpusReviewOf(documents: readonly DocumentReport[]): CorpusReview | null {
  const all = documents.flatMap(({review}) => (review === null ? [] : [review.series]))
  if (all.length === 0) return null
  const outcomes = Array.from({length: 40}, (_, index) => ({confidence: index / 40, correct: index % 7 < index / 6}))
  return {confusions: sumConfusions(all, 200), calibration: calibrate(outcomes), effort: reviewEffort(outcomes)}
}

/** What two words have apart from a common beginning and end. */
function parted(left: readonly string[], right: readonly string[]): readonly [string, string] {
  let start = 0
  while (start < Math.min(left.length, right.length) && left[start] === right[start]) start++
  let end = 0
  while (end < Math.min(left.length, right.length) - start && left.at(-1 - end) === right.at(-1 - end)) end++
  return [left.slice(start, left.length - end).join(''), right.slice(start, right.length - end).join('')]
}

/** Draws the pages of a report as typewritten scans, as previews of half their size. */
export async function drawPreviews({report, placed}: Fixture, scale = 0.6): Promise<ReadonlyMap<string, Preview>> {
  const previews = new Map<string, Preview>()
  for (const {id, width, height} of report.documents.flatMap(document => document.pages)) {
    const words = placed.get(id)
    if (words === undefined) continue
    const marks = words.map(({text, box, isStamp}) => {
      const color = isStamp ? '#a33' : '#2b2622'
      const size = isStamp ? 'font-weight="bold"' : ''
      return `<text x="${box.x}" y="${box.y + 20}" fill="${color}" ${size} textLength="${box.width}" lengthAdjust="spacingAndGlyphs">${xml(text)}</text>`
    })
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans Mono, monospace" font-size="24"><rect width="100%" height="100%" fill="#f1ece0"/>${marks.join('')}</svg>`
    const image = await sharp(Buffer.from(svg))
      .resize(Math.round(width * scale))
      .grayscale(false)
      .jpeg({quality: 60})
      .toBuffer({resolveWithObject: true})
    previews.set(id, {
      mime: 'image/jpeg',
      base64: image.data.toString('base64'),
      width: image.info.width,
      height: image.info.height,
    })
  }
  return previews
}

function probabilitiesOf(suspect: Suspect): Difference['probabilities'] {
  const share = (side: Suspect) => (suspect === 'unsure' ? 0.333 : suspect === side ? 0.8 : 0.1)
  return {transcript: share('transcript'), ocr: share('ocr'), editorial: share('editorial')}
}

type Mutable<T> = {-readonly [Key in keyof T]: T[Key]}

type Piece =
  | {readonly kind: 'equal'; readonly text: string}
  | {
      readonly kind: 'difference'
      readonly reference: string
      readonly hypothesis: string
      readonly suspect: Suspect
      readonly evidence: readonly string[]
    }
  | {
      readonly kind: 'edit'
      readonly action: EditAction
      readonly family: string
      readonly raw: string
      readonly replacement: string
    }

const suspects: readonly Suspect[] = ['transcript', 'ocr', 'editorial', 'unsure']
const actions: readonly EditAction[] = ['strip', 'repair', 'join', 'flag']
const countKeys = ['correct', 'substitutions', 'insertions', 'deletions'] as const

function parseNotation(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let last = 0
  const notation =
    /\[([^\]/]*)\/([^\]|]*)(?:\|([a-z]+))?(?:\|([^\]]*))?\]|\{(strip|repair|join|flag) ([\w-]+) ([^}|]*)(?:\|([^}]*))?\}/g
  for (const match of text.matchAll(notation)) {
    if (match.index > last) pieces.push({kind: 'equal', text: text.slice(last, match.index)})
    last = match.index + match[0].length
    const [, reference, hypothesis, suspect, evidence, action, family, raw, replacement] = match
    if (action === undefined) {
      pieces.push({
        kind: 'difference',
        reference: reference ?? '',
        hypothesis: hypothesis ?? '',
        suspect: suspects.find(name => name === suspect) ?? 'unsure',
        evidence: evidence === undefined ? [] : evidence.split('; '),
      })
    } else {
      pieces.push({
        kind: 'edit',
        action: actions.find(name => name === action)!,
        family: family!,
        raw: raw!,
        replacement: action === 'flag' ? raw! : (replacement ?? ''),
      })
    }
  }
  if (last < text.length) pieces.push({kind: 'equal', text: text.slice(last)})
  return pieces
}

function characterErrors(reference: string, hypothesis: string): Difference['characters'] {
  const r = [...reference]
  const h = [...hypothesis]
  const substitutions = Math.min(r.length, h.length)
  let start = 0
  while (start < substitutions && r[start] === h[start]) start++
  let end = 0
  while (end < substitutions - start && r.at(-1 - end) === h.at(-1 - end)) end++
  return {
    substitutions: substitutions - start - end,
    insertions: Math.max(0, h.length - r.length),
    deletions: Math.max(0, r.length - h.length),
  }
}

function noCounts(): Mutable<Counts> {
  return {correct: 0, substitutions: 0, insertions: 0, deletions: 0}
}

function rate({correct, substitutions, insertions, deletions}: Counts): Rate {
  const reference = correct + substitutions + deletions
  const errors = substitutions + insertions + deletions
  return {
    correct,
    substitutions,
    insertions,
    deletions,
    reference,
    errorRate: errors === 0 ? 0 : reference === 0 ? null : errors / reference,
  }
}

function totalsOf(character: {raw: Counts; clean: Counts}, word: {raw: Counts; clean: Counts}): Totals {
  return {
    character: {raw: rate(character.raw), clean: rate(character.clean)},
    word: {raw: rate(word.raw), clean: rate(word.clean)},
  }
}

function addTotals(all: readonly Totals[]): Totals {
  const add = (unit: 'character' | 'word', side: 'raw' | 'clean'): Counts =>
    all.reduce<Counts>((total, one) => {
      const counts = one[unit][side]
      return {
        correct: total.correct + counts.correct,
        substitutions: total.substitutions + counts.substitutions,
        insertions: total.insertions + counts.insertions,
        deletions: total.deletions + counts.deletions,
      }
    }, noCounts())
  return totalsOf(
    {raw: add('character', 'raw'), clean: add('character', 'clean')},
    {raw: add('word', 'raw'), clean: add('word', 'clean')},
  )
}

function union(a: Box | null, b: Box): Box {
  if (a === null) return b
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}

/** FNV-1a, twice, as 16 hex digits: an id that depends on content alone. */
function hash(text: string): string {
  return [0x811c9dc5, 0x01000193]
    .map(seed => {
      let value = seed
      for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
      return (value >>> 0).toString(16).padStart(8, '0')
    })
    .join('')
}

function xml(text: string): string {
  return text
    .replace(/[\0-\x1f\u202a-\u202e\u2066-\u2069]/g, '·')
    .replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)
}
