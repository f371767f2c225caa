import {align} from '../align/align.ts'
import type {Equality} from '../align/fold.ts'
import {tokenize} from '../align/tokenize.ts'
import {attributeEdits} from '../measure/attribution.ts'
import {setBlocksApart} from '../measure/blocks.ts'
import {confusions} from '../measure/confusions.ts'
import {rate} from '../measure/counts.ts'
import type {Block, Makeup, Normalized, Span, Transcript} from '../model.ts'
import {pointAt} from '../read/transcript.ts'
import type {Held} from './hold.ts'
import {pageAt} from './places.ts'

const mostConfusions = 50

/**
 * Tell what the errors of a document are made of.
 *
 * @param character
 *   The cleaned text held against the transcript, by characters.
 * @param word
 *   The same by words.
 */
export function makeup(
  character: Held,
  word: Held,
  normalized: Normalized,
  transcript: Transcript,
  equality: Equality,
): Makeup {
  const {reference, hypothesis, alignment, referenceTokens, hypothesisTokens, gaps} = character
  const {extra, missing, moved, remaining} = setBlocksApart(word, character, {align})
  const pageOf = ({start}: Span) => normalized.pages[pageAt(normalized, start)]?.pageId ?? null
  const blocks: readonly Block[] = [
    ...extra.map(({span, ...block}) => ({kind: 'extra' as const, ...block, transcript: null, page: pageOf(span)})),
    ...missing.map(({span, ...block}) => ({
      kind: 'missing' as const,
      ...block,
      transcript: pointAt(transcript, span.start),
      page: null,
    })),
    ...moved.map(({referenceSpan, hypothesisSpan, ...block}) => ({
      kind: 'moved' as const,
      ...block,
      transcript: pointAt(transcript, referenceSpan.start),
      page: pageOf(hypothesisSpan),
    })),
  ]
  const tools = {align, characters: (text: string) => tokenize(text, 'character', equality)}
  return {
    gaps: gaps.map(gap => ({
      mark: reference.slice(gap.reference.start, gap.reference.end),
      hypothesis: hypothesis.slice(gap.hypothesis.start, gap.hypothesis.end).trim(),
      transcript: pointAt(transcript, gap.reference.start),
    })),
    blocks,
    withoutBlocks: rate(remaining),
    rules: attributeEdits(reference, normalized, character, tools).rules,
    confusions: confusions(alignment, referenceTokens, hypothesisTokens).slice(0, mostConfusions),
  }
}
