import type {Counts, Span, Tokens} from '../model.ts'
import type {Tools} from './compat/tools.ts'
import {count} from './counts.ts'
import type {AlignedTexts} from './differences.ts'

/** Text that stands on one side only. */
export interface LoneBlock {
  /** In the text of its side. */
  readonly span: Span
  readonly text: string
  readonly words: number
  readonly characters: number
}

/** Text that stands on both sides, but in another place. */
export interface MovedBlock {
  readonly referenceSpan: Span
  readonly hypothesisSpan: Span
  readonly text: string
  readonly words: number
  readonly characters: number
}

/** What of the errors is whole blocks, and what is left. */
export interface Blocks {
  /** In the hypothesis only: a stamp, a letterhead, a running head. */
  readonly extra: readonly LoneBlock[]
  /** In the reference only: a line that was not read, or that the editor added. */
  readonly missing: readonly LoneBlock[]
  readonly moved: readonly MovedBlock[]
  /** Characters once extra and missing blocks are left out and moved ones are put where the reference has them. */
  readonly remaining: Counts
}

/** Words that make a block; a shorter one counts where it is a line of its own. */
const fewestWords = 4

/**
 * Set whole blocks apart: what stands on one side only, and what was read in another place.
 *
 * In the alignment of words, stretches of hardly anything but edits are looked at. Where the words lost in one stretch are
 * those made up in another (half of the shorter, three at least) a block was moved. What is then
 * left of a stretch is a block where the other side has less than a third of it: a word read badly is an error, not a block.
 * The error rate of the whole text stays what it is; `remaining` tells what it would be without the blocks.
 */
export function setBlocksApart(
  words: AlignedTexts,
  characters: Pick<AlignedTexts, 'referenceTokens' | 'hypothesisTokens'>,
  {align}: Pick<Tools, 'align'>,
): Blocks {
  const {reference, hypothesis, referenceTokens, hypothesisTokens} = words
  const parts = stretches(words).map(({reference: lost, hypothesis: made}) => ({lost, made, at: made.start}))
  const moves: {lost: Span; made: Span; to: number}[] = []
  for (;;) {
    let best: {from: number; to: number; lost: Span; made: Span; matches: number} | null = null
    for (const [from, to] of candidates(referenceTokens, hypothesisTokens, parts)) {
      const found = commonPart(referenceTokens, parts[from]!.lost, hypothesisTokens, parts[to]!.made, align)
      if (found !== null && found.matches > (best?.matches ?? 0)) best = {from, to, ...found}
    }
    if (best === null) break
    const {from, to, lost, made} = best
    const [losing, making] = [parts[from]!, parts[to]!]
    moves.push({...grown(referenceTokens, lost, hypothesisTokens, made), to: losing.at})
    parts.push(
      {
        lost: {start: lost.end, end: losing.lost.end},
        made: {start: losing.made.end, end: losing.made.end},
        at: losing.at,
      },
      {
        lost: {start: making.lost.end, end: making.lost.end},
        made: {start: made.end, end: making.made.end},
        at: making.at,
      },
    )
    losing.lost = {start: losing.lost.start, end: lost.start}
    making.made = {start: making.made.start, end: made.start}
  }
  const extra: Span[] = []
  const missing: Span[] = []
  for (const part of parts) {
    const lost = outside(
      part.lost,
      moves.map(move => move.lost),
    )
    const made = outside(
      part.made,
      moves.map(move => move.made),
    )
    const [few, many] = [length(lost), length(made)]
    if (few * 3 <= many && isBlock(hypothesisTokens, made, hypothesis)) extra.push(made)
    if (many * 3 <= few && isBlock(referenceTokens, lost, reference)) missing.push(lost)
  }
  const lone =
    (tokens: Tokens, text: string, all: Tokens) =>
    (span: Span): LoneBlock => {
      const where = textSpan(tokens, span)
      return {
        span: where,
        text: text.slice(where.start, where.end),
        words: length(span),
        characters: countIn(all, where),
      }
    }
  const byPlace = (one: {readonly span: Span}, other: {readonly span: Span}): number =>
    one.span.start - other.span.start
  return {
    extra: extra.map(lone(hypothesisTokens, hypothesis, characters.hypothesisTokens)).sort(byPlace),
    missing: missing.map(lone(referenceTokens, reference, characters.referenceTokens)).sort(byPlace),
    moved: moves
      .map(({lost, made}) => {
        const {span: referenceSpan, ...rest} = lone(referenceTokens, reference, characters.referenceTokens)(lost)
        return {...rest, referenceSpan, hypothesisSpan: textSpan(hypothesisTokens, made)}
      })
      .sort((one, other) => one.referenceSpan.start - other.referenceSpan.start),
    remaining: count(
      align(
        leaveOut(
          characters.referenceTokens,
          missing.map(span => textSpan(referenceTokens, span)),
        ),
        reorder(
          characters.hypothesisTokens,
          extra.map(span => textSpan(hypothesisTokens, span)),
          moves.map(({made, to}) => ({
            span: textSpan(hypothesisTokens, made),
            to: hypothesisTokens.starts[to] ?? hypothesis.length,
          })),
        ),
      ),
    ),
  }
}

function length({start, end}: Span): number {
  return end - start
}

/** Stretches of the alignment that are hardly anything but edits: a few words matched by chance do not part them. */
function stretches({alignment: {chunks}}: AlignedTexts): {reference: Span; hypothesis: Span}[] {
  const found: {reference: Span; hypothesis: Span; edits: number}[] = []
  let island = Number.POSITIVE_INFINITY
  for (const {operation, reference, hypothesis} of chunks) {
    const size = Math.max(length(reference), length(hypothesis))
    if (operation === 'equal') {
      island = size
      continue
    }
    const last = found.at(-1)
    const touches =
      last !== undefined && last.reference.end === reference.start && last.hypothesis.end === hypothesis.start
    if (last !== undefined && (touches || island * 3 <= Math.min(last.edits, size))) {
      last.reference = {start: last.reference.start, end: reference.end}
      last.hypothesis = {start: last.hypothesis.start, end: hypothesis.end}
      last.edits += size
    } else {
      found.push({reference, hypothesis, edits: size})
    }
  }
  return found
}

/** Pairs of different stretches of which one lost and the other made up two pairs of neighbouring words at least. */
function* candidates(
  reference: Tokens,
  hypothesis: Tokens,
  parts: readonly {readonly lost: Span; readonly made: Span}[],
): Generator<readonly [number, number]> {
  const byPair = new Map<string, Set<number>>()
  for (const [to, {made}] of parts.entries()) {
    for (const pair of neighbours(hypothesis, made)) {
      const known = byPair.get(pair)
      if (known === undefined) byPair.set(pair, new Set([to]))
      else known.add(to)
    }
  }
  for (const [from, {lost}] of parts.entries()) {
    const shared = new Map<number, number>()
    for (const pair of neighbours(reference, lost)) {
      for (const to of byPair.get(pair) ?? []) shared.set(to, (shared.get(to) ?? 0) + 1)
    }
    for (const [to, pairs] of shared) if (to !== from && pairs >= 2) yield [from, to]
  }
}

function neighbours({keys}: Tokens, {start, end}: Span): ReadonlySet<string> {
  const pairs = new Set<string>()
  for (let word = start; word + 1 < end; word++) pairs.add(`${keys[word]} ${keys[word + 1]}`)
  return pairs
}

/** Find what two stretches share, in order: half of the shorter, and three words at least. */
function commonPart(
  reference: Tokens,
  lost: Span,
  hypothesis: Tokens,
  made: Span,
  align: Tools['align'],
): {lost: Span; made: Span; matches: number} | null {
  const equal = align(cut(reference, lost), cut(hypothesis, made)).chunks.filter(({operation}) => operation === 'equal')
  const matches = equal.reduce((sum, chunk) => sum + length(chunk.reference), 0)
  if (matches < 3 || matches * 2 < Math.min(length(lost), length(made))) return null
  const [first, last] = [equal[0]!, equal.at(-1)!]
  return {
    lost: {start: lost.start + first.reference.start, end: lost.start + last.reference.end},
    made: {start: made.start + first.hypothesis.start, end: made.start + last.hypothesis.end},
    matches,
  }
}

/** Grow a moved block over words that are equal on both sides, though by chance they were matched elsewhere. */
function grown(reference: Tokens, lost: Span, hypothesis: Tokens, made: Span): {lost: Span; made: Span} {
  let [left, right] = [0, 0]
  const before = (): boolean => lost.start > left && made.start > left
  while (before() && reference.keys[lost.start - left - 1] === hypothesis.keys[made.start - left - 1]) left++
  const after = (): boolean => lost.end + right < reference.keys.length && made.end + right < hypothesis.keys.length
  while (after() && reference.keys[lost.end + right] === hypothesis.keys[made.end + right]) right++
  return {
    lost: {start: lost.start - left, end: lost.end + right},
    made: {start: made.start - left, end: made.end + right},
  }
}

/** What of a span lies in none of the others, at one of its ends. */
function outside({start, end}: Span, others: readonly Span[]): Span {
  let rest = {start, end}
  for (const other of others) {
    if (other.start <= rest.start && other.end > rest.start)
      rest = {start: Math.min(other.end, rest.end), end: rest.end}
    else if (other.start < rest.end && other.end >= rest.end) rest = {start: rest.start, end: other.start}
  }
  return rest
}

function cut({unit, keys, starts, ends}: Tokens, {start, end}: Span): Tokens {
  return {unit, keys: keys.slice(start, end), starts: starts.slice(start, end), ends: ends.slice(start, end)}
}

/** True for four words, or for fewer that are lines of their own. */
function isBlock(tokens: Tokens, span: Span, text: string): boolean {
  if (length(span) === 0) return false
  if (length(span) >= fewestWords) return true
  const {start, end} = textSpan(tokens, span)
  return (
    /(?:^|[\n\f])[^\p{L}\p{N}\n\f]*$/u.test(text.slice(Math.max(0, start - 40), start)) &&
    /^[^\p{L}\p{N}\n\f]*(?:$|[\n\f])/u.test(text.slice(end, end + 40))
  )
}

function textSpan({starts, ends}: Tokens, {start, end}: Span): Span {
  const from = starts[start] ?? ends.at(-1) ?? 0
  return {start: from, end: start < end ? ends[end - 1]! : from}
}

function countIn({starts}: Tokens, {start, end}: Span): number {
  return starts.filter(at => at >= start && at < end).length
}

/** Leave out the tokens of spans of text, with what stands between each span and the next word. */
function leaveOut(tokens: Tokens, spans: readonly Span[]): Tokens {
  return reorder(tokens, spans, [])
}

/** Leave out spans of text and put others elsewhere; blanks and marks go with the word before them. */
function reorder(
  {unit, keys, starts, ends}: Tokens,
  out: readonly Span[],
  moves: readonly {readonly span: Span; readonly to: number}[],
): Tokens {
  const wordless = (token: number): boolean => !/[\p{L}\p{N}]/u.test(keys[token]!)
  const order: number[] = []
  const moved = moves.map((): number[] => [])
  let inside = -1
  let leaves = false
  for (let token = 0; token < keys.length; token++) {
    const at = starts[token]!
    if (!wordless(token)) {
      leaves = out.some(({start, end}) => at >= start && at < end)
      inside = moves.findIndex(({span}) => at >= span.start && at < span.end)
    }
    if (leaves) continue
    if (inside >= 0) moved[inside]!.push(token)
    else order.push(token)
  }
  // Put in from the last place on, so that the places before stay where they are.
  const places = moves.map(({to}, index) => ({to, tokens: moved[index]!})).sort((one, other) => other.to - one.to)
  for (const {to, tokens} of places) {
    const place = order.findIndex(token => starts[token]! >= to)
    order.splice(place < 0 ? order.length : place, 0, ...tokens)
  }
  // Where blocks now meet, one blank stands between them, and none at the ends.
  const whole = (token: number): boolean => keys[token] !== ' '
  const joined: number[] = []
  for (const token of order) {
    const last = joined.at(-1)
    const meets = last !== undefined && token !== last + 1
    if (meets && whole(last) && whole(token)) joined.push(-1)
    const blankAtStart = last === undefined && !whole(token)
    if (!blankAtStart && !(meets && !whole(last) && !whole(token))) joined.push(token)
  }
  if (joined.length > 0 && joined.at(-1) !== -1 && !whole(joined.at(-1)!)) joined.pop()
  return {
    unit,
    keys: joined.map(token => keys[token] ?? ' '),
    starts: joined.map(token => starts[token] ?? 0),
    ends: joined.map(token => ends[token] ?? 0),
  }
}
