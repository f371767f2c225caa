import type {Nodes} from 'mdast'
import {parseMarkdown} from './markdown.ts'
import {condense, expander} from './plain.ts'
import {isFenced, writeCode, writeInlineCode} from './reading-code.ts'
import {writeHtml} from './reading-html.ts'
import {type PlainTexts, writeText} from './reading-inline.ts'
import {type Draft, type Omission, omit, part, type Separator, startDraft, write, writeLineEnd} from './writing.ts'

/** Markdown as a reader reads it, editor's marks in square brackets still in place. */
export interface ReadingText {
  readonly text: string
  /** Offset in the source of every unit of `text`, and the end of the last. Never falls. */
  readonly origin: readonly number[]
  readonly omissions: readonly Omission[]
  /** Offsets in the source at which a comment opens that nothing closes: it hides all that follows. */
  readonly unclosedComments: readonly number[]
  /** Where the YAML front matter stands in the source, fences included; null where there is none. */
  readonly frontMatter: {readonly start: number; readonly end: number} | null
}

/**
 * Reads Markdown as a reader does and keeps the way back to every character.
 *
 * Emphasis, links, headings, quotes and HTML tags leave their text; escapes and
 * character references are decoded; comments, images, definitions, footnotes and
 * rules leave nothing. The marker of a list item and its check box are text, as
 * the source has them: letters are typed with them. Code is text, verbatim.
 * Source line ends, hard breaks and `<br>` are `\n`; blocks are parted by a blank
 * line, items of a tight list and an indented line before an adjoining paragraph
 * by `\n`; cells of a table by a blank, its rows by `\n`.
 *
 * @param source
 *   Whole file, byte order mark included if there is one.
 */
export function readMarkdown(source: string): ReadingText {
  // The parser drops a byte order mark without counting it.
  const base = source.startsWith('\ufeff') ? 1 : 0
  const body = source.slice(base)
  const {text, runs} = condense(body)
  const expand = expander(runs)
  const draft = startDraft(text, offset => base + expand(offset))
  const plain = new Map(runs.map(({at, start, end}) => [at, {text: body.slice(start, end), origin: base + start}]))
  return (
    readBody(draft, plain) ??
    readBody(
      startDraft(body, offset => base + offset),
      new Map(),
    )!
  )
}

/**
 * Finds a line that opens more than a hundred quotes or lists within each other: no
 * letter does, and the parser takes minutes over some thousand.
 *
 * @returns
 *   Its offset in the source; null where there is none.
 */
export function findDepth(source: string): number | null {
  return deepLine.exec(source)?.index ?? null
}

const deepLine = /^(?![ \t]*([-*])(?:[ \t]*\1)*[ \t]*$)[ \t]*(?:(?:>[ \t]*|[-+*][ \t]+|[0-9]{1,9}[.)][ \t]+)){101}/m

/** Takes a source as text, whatever stands in it. */
export function readVerbatim(source: string): ReadingText {
  const origin = Array.from({length: source.length + 1}, (_, offset) => offset)
  return {text: source, origin, omissions: [], unclosedComments: [], frontMatter: null}
}

/** Reads the body of a draft; null where the parser did not take a plain run for text. */
function readBody(draft: Draft, plain: PlainTexts): ReadingText | null {
  const tree = parseMarkdown(draft.body)
  // No recursion: a text may nest as deep as it likes.
  const waiting: Step[] = [{node: tree, separator: ''}]
  for (let step = waiting.pop(); step; step = waiting.pop()) {
    part(draft, step.separator)
    const next = visit(draft, plain, step.node)
    for (let index = next.length - 1; index >= 0; index--) waiting.push(next[index]!)
  }
  if (plain.size > 0) return null
  const first = 'children' in tree ? tree.children[0] : undefined
  draft.origin.push(draft.end)
  return {
    text: draft.pieces.join(''),
    origin: draft.origin,
    omissions: draft.omissions,
    unclosedComments: draft.unclosedComments,
    frontMatter: first?.type === 'yaml' ? {start: draft.place(startOf(first)), end: draft.place(endOf(first))} : null,
  }
}

/** A node to come, and what parts it from what comes before. */
interface Step {
  readonly node: Nodes
  readonly separator: Separator
}

/** Writes what a node itself has, and gives the nodes in it that come next. */
function visit(draft: Draft, plain: PlainTexts, node: Nodes): readonly Step[] {
  const start = startOf(node)
  const end = endOf(node)
  switch (node.type) {
    case 'text':
      writeText(draft, plain, node.value, start, end)
      return []
    case 'inlineCode':
      writeInlineCode(draft, node.value, start, end)
      return []
    case 'code':
      writeCode(draft, node.value, start)
      return []
    case 'break':
      writeBreak(draft, start, end)
      return []
    case 'html':
      writeHtml(draft, node.value, start, end)
      return []
    case 'footnoteReference':
      omit(draft, 'footnote', draft.body.slice(start, end))
      return []
    case 'footnoteDefinition':
      return []
    case 'listItem':
      writeMarker(draft, start, node.checked != null)
      return blocks(draft, node.children, true)
    case 'list':
      return blocks(draft, node.children, true)
    case 'root':
    case 'blockquote':
      return blocks(draft, node.children, false)
    case 'table':
      return node.children.map(row => ({node: row, separator: '\n'}))
    case 'tableRow':
      return node.children.map(cell => ({node: cell, separator: ' '}))
    default:
      return 'children' in node ? node.children.map(child => ({node: child, separator: ''})) : []
  }
}

function blocks(draft: Draft, nodes: readonly Nodes[], inList: boolean): readonly Step[] {
  return nodes.map((node, index) => {
    const last = nodes[index - 1]
    if (!last) return {node, separator: ''}
    const blank = /(?:\r\n|\r|\n)[\s>]*?(?:\r\n|\r|\n)/.test(draft.body.slice(endOf(last), startOf(node)))
    const adjoining = inList || isIndented(draft, last) || isIndented(draft, node)
    return {node, separator: adjoining && !blank ? '\n' : '\n\n'}
  })
}

/** An indented line is code to Markdown, but in a typed letter it begins a paragraph. */
function isIndented(draft: Draft, node: Nodes): boolean {
  return node.type === 'code' && !isFenced(draft, startOf(node))
}

function writeBreak(draft: Draft, start: number, end: number): void {
  const at = draft.body.slice(start, end).search(/[\r\n]/)
  writeLineEnd(draft, at < 0 ? end : start + at, end)
}

const marker = /(?:[-+*]|[0-9]{1,9}[.)])/y
const checkBox = /[ \t]+(\[[ \txX]\])/y

function writeMarker(draft: Draft, start: number, checked: boolean): void {
  marker.lastIndex = start
  const found = marker.exec(draft.body)
  if (!found) return
  write(draft, found[0], start, 1)
  part(draft, ' ')
  checkBox.lastIndex = start + found[0].length
  const box = checked ? checkBox.exec(draft.body)?.[1] : undefined
  if (!box) return
  write(draft, box, checkBox.lastIndex - box.length, 1)
  part(draft, ' ')
}

function startOf(node: Nodes): number {
  return node.position?.start.offset ?? 0
}

function endOf(node: Nodes): number {
  return node.position?.end.offset ?? 0
}
