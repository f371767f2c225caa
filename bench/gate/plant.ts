/** Seeded edits of a transcript: errors that a gate must catch, and changes that it must let pass. */
import type {Span, Transcript} from '../../src/model.ts'

/** An edited source, and where in it the edit is. */
export interface Planted {
  readonly source: string
  readonly span: Span
}

/** Makes an edit of its kind at random; null where the dice found no place for one. */
export type Plant = (transcript: Transcript, random: () => number) => Planted | null

/** Errors, by kind. */
export const errors: Readonly<Record<string, Plant>> = {
  'letters swapped': (transcript, random) =>
    inWord(transcript, random, /\p{L}{4,}/u, word => {
      const at = 1 + pick(word.length - 2, random)
      return word[at] === word[at + 1] ? null : word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)
    }),
  'letter dropped': (transcript, random) =>
    inWord(transcript, random, /\p{L}{3,}/u, word => {
      const at = pick(word.length, random)
      return word.slice(0, at) + word.slice(at + 1)
    }),
  'letter doubled': (transcript, random) =>
    inWord(transcript, random, /\p{L}{3,}/u, word => {
      const at = pick(word.length, random)
      return word.slice(0, at) + word[at] + word.slice(at)
    }),
  'digit changed': (transcript, random) =>
    inWord(transcript, random, /\d+/u, number => {
      const at = pick(number.length, random)
      return number.slice(0, at) + ((Number(number[at]) + 1 + pick(9, random)) % 10) + number.slice(at + 1)
    }),
  'month changed': (transcript, random) =>
    inWord(transcript, random, new RegExp(months.join('|')), month => {
      const other = months[pick(months.length, random)]!
      return other === month ? null : other
    }),
  'word left out': (transcript, random) => replace(transcript, random, /(?<=\S )\p{L}{2,} (?=\S)/gu, () => ''),
  'word doubled': (transcript, random) =>
    replace(transcript, random, /(?<=\S )\p{L}{2,} (?=\S)/gu, word => word + word),
  'word for another': (transcript, random) =>
    inWord(
      transcript,
      random,
      new RegExp(`(?<!\\p{L})(?:${[...pairs.keys()].join('|')})(?!\\p{L})`, 'u'),
      word => pairs.get(word) ?? null,
    ),
  'line lost': (transcript, random) => {
    const lines = bodyLines(transcript)
    const line = lines[pick(lines.length, random)]
    if (line === undefined) return null
    return cut(transcript.source, line.start, Math.min(line.end + 1, transcript.source.length), '')
  },
  'paragraph lost': (transcript, random) => {
    const blocks = paragraphs(transcript)
    const block = blocks[pick(blocks.length, random)]
    return block === undefined || blocks.length < 2 ? null : cut(transcript.source, block.start, block.end, '')
  },
  'lines exchanged': (transcript, random) => {
    const lines = bodyLines(transcript)
    const at = pick(lines.length - 1, random)
    const [first, second] = [lines[at], lines[at + 1]]
    if (first === undefined || second === undefined) return null
    const {source} = transcript
    const between = source.slice(first.end, second.start)
    const text = source.slice(second.start, second.end) + between + source.slice(first.start, first.end)
    return cut(source, first.start, second.end, text)
  },
  'quote damaged': (transcript, random) =>
    replace(transcript, random, /(?<=[\p{L}.,])["”](?=\s)|(?<=\s)["“](?=\p{L})/gu, quote =>
      random() < 0.5 ? '' : quote + quote,
    ),
  'italics damaged': (transcript, random) => replace(transcript, random, /(?<=\S )(?=\p{L}{4,} )/gu, () => '*'),
  'stamp pasted in': (transcript, random) =>
    replace(transcript, random, /(?<=\p{L} )(?=\p{L})/gu, () => `${stamps[pick(stamps.length, random)]} `),
  'Cyrillic pasted in': (transcript, random) =>
    replace(transcript, random, /(?<=\p{L} )(?=\p{L})/gu, () => `${cyrillic[pick(cyrillic.length, random)]} `),
  'letter of another script': (transcript, random) =>
    inWord(transcript, random, /\p{L}{3,}/u, word => {
      const at = [...word].findIndex(letter => lookalikes.has(letter))
      return at < 0 ? null : word.slice(0, at) + lookalikes.get(word[at]!) + word.slice(at + 1)
    }),
}

/** Changes that change nothing a reader reads, by kind. */
export const harmless: Readonly<Record<string, Plant>> = {
  'line broken': (transcript, random) => replace(transcript, random, /(?<=\p{L}{2}) (?=\p{L}{2})/gu, () => '\n'),
  'lines joined': (transcript, random) => replace(transcript, random, /(?<=[\p{L},])\n(?=\p{Ll}{2})/gu, () => ' '),
  'line longer': (transcript, random) => replace(transcript, random, /(?<=\p{L}{2}) (?=\p{L}{2})/gu, () => '  '),
  emphasis: (transcript, random) =>
    replace(transcript, random, /(?<= )\p{L}{3,}(?= )/gu, word => (random() < 0.5 ? `*${word}*` : `**${word}**`)),
  'front matter': (transcript, random) => cut(transcript.source, 4, 4, `note: "checked ${pick(1000, random)} times"\n`),
  'quotes curled': (transcript, random) => allQuotes(transcript, random, curl),
  'quotes straightened': (transcript, random) =>
    allQuotes(transcript, random, text => text.replace(/[“”]/g, '"').replace(/[‘’]/g, "'")),
  'page mark': (transcript, random) => {
    const blocks = paragraphs(transcript)
    const block = blocks[pick(blocks.length, random)]
    return block === undefined
      ? null
      : cut(transcript.source, block.start, block.start, `<!-- page ${2 + pick(9, random)} -->\n\n`)
  },
}

const months = 'January February March April May June July August September October November December'.split(' ')

/** Words that proofreaders take for each other. */
const pairs = new Map(
  'now:not not:now he:be be:he from:form form:from has:had had:has on:or or:on of:or in:is is:in this:that that:than than:that were:where where:were are:and and:any will:wall was:has our:out out:our to:so by:my I:a the:she their:there for:far with:which'
    .split(' ')
    .map(pair => pair.split(':') as [string, string]),
)

const stamps = [
  'DECLASSIFIED',
  'SECRET',
  'DECLASSIFIED/Released',
  'NLS MR 2000-004 #5',
  'TOP SECRET/SENSITIVE',
  'UNCLASSIFIED',
]
const cyrillic = ['Кертоансаи', 'СЕРТИФИКАТ', 'шис лумина', 'лаво']
const lookalikes = new Map(
  [...'aeopcyxABEKMHOPCTX'].map((letter, index) => [letter, [...'аеорсухАВЕКМНОРСТХ'][index]!]),
)

/** Whether an edit is one of text between the marks and markup that a reader sees as they are. */
function isPlain({source}: Transcript, start: number, end: number): boolean {
  const lineStart = source.lastIndexOf('\n', start - 1) + 1
  return !/[\\[\]<>&`|*_]/.test(source.slice(Math.max(lineStart, start - 20), end + 20))
}

/** The part of the source that is read: behind the front matter. */
function bodyStart({origin}: Transcript): number {
  return origin[0] ?? 0
}

export function inWord(
  transcript: Transcript,
  random: () => number,
  pattern: RegExp,
  change: (word: string) => string | null,
): Planted | null {
  return replace(transcript, random, new RegExp(pattern.source, `${pattern.flags}g`), change)
}

/** Changes one match of a pattern in the body, chosen at random. */
function replace(
  transcript: Transcript,
  random: () => number,
  pattern: RegExp,
  change: (match: string) => string | null,
): Planted | null {
  const start = bodyStart(transcript)
  const matches = [...transcript.source.matchAll(pattern)].filter(
    ({index, 0: text}) => index >= start && isPlain(transcript, index, index + text.length),
  )
  const match = matches[pick(matches.length, random)]
  if (match === undefined) return null
  const changed = change(match[0])
  return changed === null || changed === match[0]
    ? null
    : cut(transcript.source, match.index, match.index + match[0].length, changed)
}

function cut(source: string, start: number, end: number, text: string): Planted {
  return {source: source.slice(0, start) + text + source.slice(end), span: {start, end: start + text.length}}
}

/** Lines of text: no headings, marks or rules. */
function bodyLines(transcript: Transcript): readonly Span[] {
  const start = bodyStart(transcript)
  return [...transcript.source.matchAll(/^[^\n]+$/gm)]
    .map(({index, 0: text}) => ({start: index, end: index + text.length}))
    .filter(span => span.start >= start && isPlain(transcript, span.start, span.end) && span.end - span.start > 12)
}

function paragraphs(transcript: Transcript): readonly Span[] {
  const start = bodyStart(transcript)
  return [...transcript.source.matchAll(/(?<=\n\n)[^\n](?:[^\n]|\n(?!\n))*/g)]
    .map(({index, 0: text}) => ({start: index, end: index + text.length}))
    .filter(span => span.start > start && isPlain(transcript, span.start, span.end) && span.end - span.start > 12)
}

function allQuotes(transcript: Transcript, random: () => number, change: (text: string) => string): Planted | null {
  const start = bodyStart(transcript)
  const all = random() < 0.5
  if (!all) {
    return replace(transcript, random, /["“”]\p{L}[^"“”\n]{0,60}["“”]|\p{L}['’]\p{L}/gu, text => change(text))
  }
  const {source} = transcript
  const changed = source.slice(0, start) + change(source.slice(start))
  return changed === source ? null : {source: changed, span: {start, end: changed.length}}
}

function curl(text: string): string {
  return text
    .replace(/"(?=[\p{L}\d])/gu, '“')
    .replace(/"/g, '”')
    .replace(/(?<=\p{L})'/gu, '’')
}

export function pick(length: number, random: () => number): number {
  return Math.floor(random() * Math.max(0, length))
}
