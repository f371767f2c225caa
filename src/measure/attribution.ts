import type {Alignment, Edit, Normalized, RuleEffect, Span, Tokens} from '../model.ts'
import type {Tools} from './compat/tools.ts'

/** What one edit of the cleanup did to the errors. */
export interface EditEffect {
  readonly edit: Edit
  /** Character errors less for this edit; negative where it made the text worse. */
  readonly gain: number
}

/** What the cleanup did, edit by edit and rule by rule. */
export interface Attribution {
  readonly edits: readonly EditEffect[]
  /** Rules that made an edit; the most repaired first. */
  readonly rules: readonly RuleEffect[]
}

/** Units of the cleaned text on either side of an edit that are compared. */
const reach = 120

/**
 * Tell for each edit what the errors would be without it.
 *
 * One edit at a time is taken back, all others kept, and its surroundings are
 * aligned with the transcript's text there again: the difference is its gain. Gains need not sum to the whole change, as two
 * edits can do one thing together. Flags change nothing and gain nothing.
 *
 * @param alignment
 *   Of characters, transcript to cleaned text.
 */
export function attributeEdits(
  reference: string,
  normalized: Normalized,
  texts: {readonly referenceTokens: Tokens; readonly hypothesisTokens: Tokens; readonly alignment: Alignment},
  tools: {readonly align: Tools['align']; readonly characters: (text: string) => Tokens},
): Attribution {
  const place = placesIn(texts)
  const {clean, edits} = normalized
  const effects = edits.map((edit): EditEffect => {
    if (edit.raw === edit.replacement) return {edit, gain: 0}
    const window = {
      start: wordStart(clean, Math.max(0, edit.cleanSpan.start - reach)),
      end: wordEnd(clean, Math.min(clean.length, edit.cleanSpan.end + reach)),
    }
    const truth = reference.slice(...place(window))
    const before = clean.slice(window.start, edit.cleanSpan.start)
    const after = clean.slice(edit.cleanSpan.end, window.end)
    const errorsWith = (middle: string): number =>
      tools.align(tools.characters(truth), tools.characters(before + middle + after)).distance
    return {edit, gain: errorsWith(edit.raw) - errorsWith(edit.replacement)}
  })
  const rules = new Map<string, RuleEffect>()
  for (const {edit, gain} of effects) {
    const known = rules.get(edit.ruleId) ?? {ruleId: edit.ruleId, edits: 0, repaired: 0, damaged: 0}
    rules.set(edit.ruleId, {
      ruleId: edit.ruleId,
      edits: known.edits + 1,
      repaired: known.repaired + Math.max(0, gain),
      damaged: known.damaged + Math.max(0, -gain),
    })
  }
  return {
    edits: effects,
    rules: [...rules.values()].sort(
      (one, other) => other.repaired - one.repaired || (one.ruleId < other.ruleId ? -1 : 1),
    ),
  }
}

/** Map a span of the hypothesis text to the span of the reference text that it is aligned with. */
function placesIn({referenceTokens, hypothesisTokens, alignment}: Parameters<typeof attributeEdits>[2]) {
  // own[token] is the token of the reference that stands with or after a token of the hypothesis.
  const own = new Int32Array(hypothesisTokens.keys.length + 1)
  for (const {operation, reference, hypothesis} of alignment.chunks) {
    for (let token = hypothesis.start; token < hypothesis.end; token++) {
      own[token] = operation === 'insert' ? reference.start : reference.start + token - hypothesis.start
    }
  }
  own[hypothesisTokens.keys.length] = referenceTokens.keys.length
  const {starts} = referenceTokens
  const end = referenceTokens.ends.at(-1) ?? 0
  return (span: Span): [number, number] => {
    const from = own[firstFrom(hypothesisTokens.starts, span.start)]!
    const to = own[firstFrom(hypothesisTokens.starts, span.end)]!
    return [from < starts.length ? starts[from]! : end, to < starts.length ? starts[to]! : end]
  }
}

function firstFrom(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (starts[middle]! < offset) low = middle + 1
    else high = middle
  }
  return low
}

function wordStart(text: string, at: number): number {
  let start = at
  while (start > 0 && /\S/.test(text[start - 1]!)) start--
  return start
}

function wordEnd(text: string, at: number): number {
  let end = at
  while (end < text.length && /\S/.test(text[end]!)) end++
  return end
}
