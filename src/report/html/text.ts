import type {Edit, UnsureWord} from '../../model.ts'
import {html, type Markup, nothing, shown} from './markup.ts'
import type {Anchored, PageView, PlacedPart} from './views.ts'

/**
 * Writes the text of a page in paragraphs, so that each finds its own direction,
 * with its differences as links to the list, what cleanup took out or changed as
 * `s`, and where a line of the scan begins as `br.line`.
 *
 * Shows the transcript's side where there is a transcript, else the reading.
 */
export function textMarkup({document, parts, edits, unsure, anchors}: PageView): Markup {
  const side = document.transcript === null ? 'hypothesis' : 'reference'
  const flow = startFlow(
    edits.filter(({item}) => item.action !== 'flag'),
    unsure,
  )
  for (const part of parts) {
    const target = part.difference === null ? undefined : anchors.get(part.difference)
    if (target === undefined) addEqual(flow, part, part[side])
    else addDifference(flow, part, target)
  }
  flow.addCuts(Number.POSITIVE_INFINITY)
  return flow.end()
}

/**
 * Writes both sides of a difference with hidden words that say which is which:
 * `del` is what the transcript says, `ins` what was read. The characters in
 * which they part are set off.
 */
export function labelledSides(reference: string, hypothesis: string): Markup {
  return sides(reference, hypothesis, ...parted(...written(reference, hypothesis)))
}

/** Makes text of white space alone visible, and line ends in other text. */
export function spaced(text: string): string {
  return (text.trim() === '' ? text.replace(/[^\S\n\f]/g, '␣') : text).replace(/\n/g, '↵').replace(/\f/g, '⤓')
}

/** Takes off the white space around both sides, unless it is in that alone that they differ. */
function written(reference: string, hypothesis: string): readonly [string, string] {
  const left = reference.trim()
  const right = hypothesis.trim()
  if (left === right) return [visibleEdges(reference), visibleEdges(hypothesis)]
  return [trimmed(reference), trimmed(hypothesis)]
}

/** Takes off the white space around a text, unless there is nothing else. */
function trimmed(text: string): string {
  return spaced(text.trim() === '' ? text : text.trim())
}

function visibleEdges(text: string): string {
  return spaced(text.replace(/^\s+|\s+$/g, edge => edge.replace(/[^\S\n\f]/g, '␣')))
}

/** Text as it is written, piece by piece. */
interface Flow {
  /** Adds text; an empty line in it or a form feed ends the paragraph. */
  readonly addText: (text: string) => void
  readonly add: (markup: Markup) => void
  /** Adds a word that stands at these offsets of the cleaned text, marked where it is doubtful. */
  readonly addWord: (word: string, start: number, end: number) => void
  /** Adds what cleanup changed up to an offset of the cleaned text. */
  readonly addCuts: (offset: number) => void
  /** Says that what comes next begins a line on the scan. */
  readonly breakLine: () => void
  readonly end: () => Markup
}

function startFlow(cuts: readonly Anchored<Edit>[], unsure: readonly Anchored<UnsureWord>[]): Flow {
  const paragraphs: Markup[] = []
  let content: Markup[] = []
  let text = ''
  let isLineDue = false
  let next = 0
  let nextDoubt = 0
  const flush = () => {
    if (text !== '') content.push(shown(text))
    text = ''
  }
  const begin = () => {
    if (isLineDue && (content.length > 0 || text !== '')) {
      flush()
      content.push(lineBreak)
    }
    isLineDue = false
  }
  const endParagraph = () => {
    flush()
    if (content.length > 0) paragraphs.push(html`<p dir="auto">${content}</p>`)
    content = []
  }
  const addText = (added: string) => {
    for (const [index, line] of added
      .replace(/\f/g, '\n\n')
      .split(/\n{2,}/)
      .entries()) {
      if (index > 0) endParagraph()
      const isBlank = line.trim() === ''
      if (!isBlank) begin()
      if (!isBlank || content.length > 0 || text !== '') text += line
    }
  }
  const add = (markup: Markup) => {
    begin()
    flush()
    content.push(markup)
  }
  return {
    addText,
    add,
    addWord(word, start, end) {
      while (nextDoubt < unsure.length && unsure[nextDoubt]!.item.cleanSpan.start < start) nextDoubt++
      const doubt = unsure[nextDoubt]
      if (doubt === undefined || doubt.item.cleanSpan.start >= end) addText(word)
      else add(html`<span class="doubt" data-d="${doubt.anchor}">${shown(word)}</span>`)
    },
    addCuts(offset) {
      for (; next < cuts.length && cuts[next]!.item.cleanSpan.start <= offset; next++) {
        flush()
        content.push(cut(cuts[next]!))
      }
    },
    breakLine() {
      isLineDue = true
    },
    end() {
      endParagraph()
      return html`${paragraphs}`
    },
  }
}

/**
 * Adds text that is the same on both sides but for white space and spelling that
 * counts as equal. Where both have as many words, the reading's offsets and lines
 * are carried over word by word; else what cleanup changed in it follows it.
 */
function addEqual(flow: Flow, {hypothesis, cleanStart}: PlacedPart, written: string): void {
  const read = [...hypothesis.matchAll(/\S+/g)]
  const words = [...written.matchAll(/\S+/g)]
  flow.addCuts(cleanStart)
  if (words.length !== read.length) {
    flow.addText(written)
    flow.addCuts(cleanStart + hypothesis.length - 1)
    return
  }
  let writtenEnd = 0
  let readEnd = 0
  for (const [index, word] of words.entries()) {
    const {0: readWord, index: readStart} = read[index]!
    if (readEnd > 0) flow.addCuts(cleanStart + readEnd)
    flow.addText(written.slice(writtenEnd, word.index))
    flow.addCuts(cleanStart + readStart)
    if (/[\n\f]/.test(hypothesis.slice(readEnd, readStart))) flow.breakLine()
    flow.addWord(word[0], cleanStart + readStart, cleanStart + readStart + readWord.length)
    writtenEnd = word.index + word[0].length
    readEnd = readStart + readWord.length
  }
  if (readEnd > 0 && readEnd < hypothesis.length) flow.addCuts(cleanStart + readEnd)
  flow.addText(written.slice(writtenEnd))
  if (/[\n\f]/.test(hypothesis.slice(readEnd))) flow.breakLine()
}

/** Adds a difference; white space around it belongs to the text, not to its mark. */
function addDifference(flow: Flow, {reference, hypothesis, cleanStart}: PlacedPart, target: string): void {
  const isBlank = reference.trim() === ''
  flow.addCuts(cleanStart)
  if (!isBlank) flow.addText(reference.slice(0, reference.length - reference.trimStart().length))
  if (/^\s*\n/.test(hypothesis)) flow.breakLine()
  flow.add(mark(reference, hypothesis, target))
  flow.addCuts(cleanStart + hypothesis.length - 1)
  if (!isBlank) flow.addText(reference.slice(reference.trimEnd().length))
  else flow.addText(reference === '' && /\s$/.test(hypothesis) ? ' ' : reference)
  if (/\n\s*$/.test(hypothesis)) flow.breakLine()
}

const lineBreak = html`<br class="line">`

function cut({anchor, item}: Anchored<Edit>): Markup {
  return html`<s data-d="${anchor}">${shown(trimmed(item.raw))}</s>`
}

function mark(reference: string, hypothesis: string, target: string): Markup {
  const [left, right] = written(reference, hypothesis)
  return html`<a class="mark" href="#${target}" data-d="${target}">${sides(reference, hypothesis, shown(left), shown(right))}</a>`
}

function sides(reference: string, hypothesis: string, left: Markup, right: Markup): Markup {
  const transcript = html`<del><span class="hidden">transcript: </span>${left}</del>`
  const read = html`<ins><span class="hidden"> read: </span>${right}</ins>`
  return html`${reference === '' ? nothing : transcript}${hypothesis === '' ? nothing : read}`
}

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'})

/** Sets off what differs between two texts that begin or end alike; for the eye only, it counts nothing. */
function parted(reference: string, hypothesis: string): readonly [Markup, Markup] {
  const left = [...graphemes.segment(reference)].map(({segment}) => segment)
  const right = [...graphemes.segment(hypothesis)].map(({segment}) => segment)
  const most = Math.min(left.length, right.length)
  let start = 0
  while (start < most && left[start] === right[start]) start++
  let end = 0
  while (end < most - start && left.at(-1 - end) === right.at(-1 - end)) end++
  if (start + end === 0) return [shown(reference), shown(hypothesis)]
  const write = (all: readonly string[]) => {
    const middle = all.slice(start, all.length - end).join('')
    return html`${shown(all.slice(0, start).join(''))}${middle === '' ? nothing : html`<b>${shown(middle)}</b>`}${shown(all.slice(all.length - end).join(''))}`
  }
  return [write(left), write(right)]
}
