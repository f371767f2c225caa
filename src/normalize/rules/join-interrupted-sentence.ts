import type {DocumentView, Line} from '../document.ts'
import {isFunctionWord} from '../lexicon.ts'
import type {Gap, Join, JoinRule} from '../rule.ts'
import {goesOn, isUnfinished} from '../sentence.ts'

/** Make a sentence whole that a stamp, blank lines or a page break cut in two. */
export const joinInterruptedSentence: JoinRule = {
  kind: 'join',
  id: 'join-interrupted-sentence',
  family: 'continuity',
  summary: 'Join a sentence that a stripped marking, blank lines or a page break cut in two.',
  why: 'A stamp between two lines and the foot of a page leave blank lines in the middle of a sentence. Over a page break the form feed stays: it counts as white space.',
  source: 'Fifty sentences of declassified files cut by banners, footers and page ends.',
  find: (document, gaps) => gaps.flatMap((gap, index) => joinOf(document, gap, index)),
  examples: [
    {
      name: 'blank lines in a sentence',
      before: 'peaceful, calm development. This would\n\n\n\nhelp create an atmosphere of trust.',
      after: 'peaceful, calm development. This would help create an atmosphere of trust.',
    },
    {name: 'a page break', before: 'the two of us\n\fare talking about', after: 'the two of us\fare talking about'},
    {
      name: 'a page break between sentences',
      before: 'relations between our countries.\n\fI think that it is clear',
      after: 'relations between our countries.\n\fI think that it is clear',
    },
    {
      name: 'a dash at the end of a line stays one',
      before: 'in many cases he should -\n\fhave used cut-outs',
      after: 'in many cases he should -\fhave used cut-outs',
    },
  ],
}

/** So many line ends within a page are no paragraph's end but a hole. */
const holeBreaks = 3

function joinOf(document: DocumentView, gap: Gap, index: number): readonly Join[] {
  const before = document.lines[gap.before]
  const after = document.lines[gap.after]
  if (before === undefined || after === undefined) return []
  const turnsPage = before.page !== after.page
  if (!gap.stripped && !turnsPage && after.breaksBefore < holeBreaks) return []
  if (!continues(before, after)) return []
  const reason = turnsPage
    ? 'the sentence goes on over the page break'
    : gap.stripped
      ? 'the sentence goes on behind what was stripped'
      : 'the sentence goes on behind blank lines'
  let written = turnsPage
  return gap.separators.flatMap(span => {
    const text = document.raw.slice(span.start, span.end)
    // Page breaks stay, other white space becomes one blank within a page.
    const replacement = turnsPage ? text.replace(/[^\f]/g, '') : written ? '' : ' '
    written = true
    return replacement === text ? [] : [{gap: index, span, replacement, reason}]
  })
}

/** Whether a line goes on with the sentence of the line before. */
function continues(before: Line, after: Line): boolean {
  if (!isUnfinished(before) || /[\p{L}\p{N}][-\u00ad\u2010]$/u.test(before.text)) return false
  if (goesOn(after)) return true
  // No sentence ends with an article or a preposition, whatever follows.
  const last = before.reading.tokens.at(-1)
  const open = last !== undefined && last.end === before.text.length && last.kind === 'function' && needsMore(last.text)
  return open && after.reading.tokens.length > 2
}

function needsMore(word: string): boolean {
  return (
    /^(?:a|an|the|of|to|at|by|from|with|and|or|but|as|than|our|your|their|his|its|my|into|upon|between|through|toward|towards|which|whose|that|be|been|was|were|is|are|has|have|had|will|would|shall|should|may|might|can|could|must)$/.test(
      word,
    ) && isFunctionWord(word)
  )
}
