import type {Edit} from '../../model.ts'
import {html, type Markup, nothing, shown} from './markup.ts'
import type {Anchored, PageView, PlacedPart} from './views.ts'

/**
 * Writes the text of a page in paragraphs, so that each finds its own direction,
 * with its differences as links to the list and what cleanup changed as `s`.
 *
 * Shows the transcript's side where there is a transcript, else the reading.
 */
export function textMarkup(view: PageView): Markup {
  const side = view.document.transcript === null ? 'hypothesis' : 'reference'
  const paragraphs: Markup[] = []
  let content: Markup[] = []
  const endParagraph = () => {
    if (content.length > 0) paragraphs.push(html`<p dir="auto">${content}</p>`)
    content = []
  }
  const addText = (text: string) => {
    for (const [index, line] of text
      .replace(/\f/g, '\n\n')
      .split(/\n{2,}/)
      .entries()) {
      if (index > 0) endParagraph()
      if (content.length > 0 || line.trim() !== '') content.push(shown(line))
    }
  }
  for (const piece of pieces(view)) {
    if ('cut' in piece) {
      content.push(cut(piece.cut))
      continue
    }
    const {reference, hypothesis, difference} = piece.part
    const target = difference === null ? undefined : view.anchors.get(difference)
    if (target === undefined) {
      addText(piece.part[side])
      continue
    }
    // White space around a difference belongs to the flow of the text; what is only read has none in the transcript.
    const isBlank = reference.trim() === ''
    if (!isBlank) addText(reference.slice(0, reference.length - reference.trimStart().length))
    content.push(mark(reference, hypothesis, target))
    if (!isBlank) addText(reference.slice(reference.trimEnd().length))
    else addText(reference === '' && /\s$/.test(hypothesis) ? ' ' : reference)
  }
  endParagraph()
  return html`${paragraphs}`
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
  return [spaced(left === '' ? reference : left), spaced(right === '' ? hypothesis : right)]
}

function visibleEdges(text: string): string {
  return spaced(text.replace(/^\s+|\s+$/g, edge => edge.replace(/[^\S\n\f]/g, '␣')))
}

type Piece = {readonly part: PlacedPart} | {readonly cut: Anchored<Edit>}

/** Puts what cleanup changed between the parts of the text; a part that is the same on both sides is cut for it. */
function pieces({parts, edits}: PageView): readonly Piece[] {
  const cuts = edits.filter(({item}) => item.action !== 'flag')
  const all: Piece[] = []
  let next = 0
  const cutsUpTo = (offset: number) => {
    for (; next < cuts.length && cuts[next]!.item.cleanSpan.start <= offset; next++) all.push({cut: cuts[next]!})
  }
  for (const part of parts) {
    const {reference, hypothesis, cleanStart} = part
    let last = 0
    cutsUpTo(cleanStart)
    if (reference === hypothesis || reference === '') {
      while (next < cuts.length && cuts[next]!.item.cleanSpan.start < cleanStart + hypothesis.length) {
        const offset = cuts[next]!.item.cleanSpan.start
        all.push({part: slice(part, last, offset - cleanStart)})
        last = offset - cleanStart
        cutsUpTo(offset)
      }
    }
    all.push({part: slice(part, last, hypothesis.length)})
  }
  cutsUpTo(Number.POSITIVE_INFINITY)
  return all
}

/** Takes a slice of a part; the whole of it where its sides are not the same. */
function slice(part: PlacedPart, start: number, end: number): PlacedPart {
  if (start === 0 && end === part.hypothesis.length) return part
  return {...part, reference: part.reference.slice(start, end), hypothesis: part.hypothesis.slice(start, end)}
}

function cut({anchor, item}: Anchored<Edit>): Markup {
  return html`<s data-d="${anchor}">${shown(spaced(item.raw))}</s>`
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
