import type {Nodes} from 'mdast'
import type {Span, Transcript} from '../model.ts'
import {parseMarkdown} from './markdown.ts'
import {condense, expander} from './plain.ts'
import {findDepth} from './reading-text.ts'

/** The markup of a transcript, as far as a rewrite must know it. */
export interface Markup {
  /** Emphasis, links and what else stands within a line: offsets in the source. Outer before inner. */
  readonly inline: readonly Span[]
  /** Paragraphs, headings, cells and code: what holds text and no other such block. Ascending. */
  readonly blocks: readonly Span[]
  /** Every node but text, by depth, in order. */
  readonly outline: readonly string[]
}

const known = new WeakMap<Transcript, Markup>()

/** Reads the markup of a transcript; once for each. */
export function markupOf(transcript: Transcript): Markup {
  let markup = known.get(transcript)
  if (markup === undefined) {
    markup = readMarkup(transcript.source)
    known.set(transcript, markup)
  }
  return markup
}

function readMarkup(source: string): Markup {
  // Too deep to be Markdown: it was read as it stands.
  if (findDepth(source) !== null) return {inline: [], blocks: [{start: 0, end: source.length}], outline: []}
  const base = source.startsWith('\ufeff') ? 1 : 0
  const inline: Span[] = []
  const blocks: Span[] = []
  const outline: string[] = []
  // Lines without markup cost most of the parser's time and change nothing of the tree.
  const {text, runs} = condense(source.slice(base))
  const expand = expander(runs)
  const waiting: {readonly node: Nodes; readonly depth: number}[] = [{node: parseMarkdown(text), depth: 0}]
  for (let step = waiting.pop(); step; step = waiting.pop()) {
    const {node, depth} = step
    const span = {
      start: base + expand(node.position?.start.offset ?? 0),
      end: base + expand(node.position?.end.offset ?? 0),
    }
    if (inlineKinds.has(node.type)) inline.push(span)
    if (blockKinds.has(node.type)) blocks.push(span)
    if (node.type !== 'text' && node.type !== 'break') outline.push(`${depth} ${describe(node)}`)
    if (!('children' in node)) continue
    for (let index = node.children.length - 1; index >= 0; index--) {
      waiting.push({node: node.children[index]!, depth: depth + 1})
    }
  }
  return {inline, blocks, outline}
}

const inlineKinds: ReadonlySet<string> = new Set([
  'emphasis',
  'strong',
  'delete',
  'link',
  'linkReference',
  'inlineCode',
])
const blockKinds: ReadonlySet<string> = new Set(['paragraph', 'heading', 'tableCell', 'code', 'html'])

/** What of a node must stay, its text aside. */
function describe(node: Nodes): string {
  switch (node.type) {
    case 'heading':
      return `heading ${node.depth}`
    case 'list':
      return `list ${node.ordered ? node.start : '-'} ${node.spread}`
    case 'listItem':
      return `item ${node.checked} ${node.spread}`
    case 'link':
    case 'image':
      return `${node.type} ${JSON.stringify([node.url, node.title])}`
    case 'definition':
      return `definition ${JSON.stringify([node.identifier, node.url, node.title])}`
    case 'linkReference':
    case 'imageReference':
    case 'footnoteReference':
    case 'footnoteDefinition':
      return `${node.type} ${node.identifier}`
    case 'code':
      return `code ${JSON.stringify([node.lang, node.meta])}`
    case 'html':
      return `html ${JSON.stringify(node.value.match(/<[^<>]*>|<!--[\s\S]*?-->/g))}`
    case 'yaml':
      return `yaml ${JSON.stringify(node.value)}`
    default:
      return node.type
  }
}

/**
 * Tells whether a structure is the one it was. Where words go, what held only them may go too; where a paragraph comes,
 * it may come.
 */
export function fitsOutline(
  before: readonly string[],
  after: readonly string[],
  {removes, adds}: {readonly removes: boolean; readonly adds: boolean},
): boolean {
  let from = 0
  let to = 0
  while (from < before.length || to < after.length) {
    if (before[from] === after[to]) {
      from++
      to++
    } else if (adds && /^\d+ paragraph$/.test(after[to] ?? '')) to++
    else if (removes && removable.test(before[from] ?? '')) from++
    else return false
  }
  return true
}

const removable =
  /^\d+ (?:(?:emphasis|strong|delete|link|linkReference|inlineCode|paragraph|heading|item|list|blockquote)\b|html \["<br[^"]*"\]$)/
