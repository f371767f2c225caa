import type {Span, Transcript} from '../model.ts'

/**
 * Gives the part of the source that a part of the reading text was read from:
 * what to replace to change these characters and nothing else.
 *
 * Escapes and character references count whole. Markup inside the span (`*`, a
 * line's `> `) lies inside the result; markup before and after it does not.
 *
 * @param span
 *   In `text`; an empty one gives an empty span. One outside the text is a bug and
 *   throws a `RangeError`.
 */
export function sourceSpan(transcript: Pick<Transcript, 'text' | 'source' | 'origin'>, span: Span): Span {
  const start = transcript.origin[span.start]
  if (start === undefined || span.end < span.start || span.end > transcript.text.length) {
    throw new RangeError(`Unexpected span ${span.start}-${span.end}, expected one in 0-${transcript.text.length}`)
  }
  if (span.end === span.start) return {start, end: start}
  return {start, end: transcript.origin[span.end - 1]! + sourceLength(transcript, span.end - 1)}
}

const reference = /&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{0,30});/y

/** How many units of the source stand for unit `index` of the text. */
function sourceLength({text, source, origin}: Pick<Transcript, 'text' | 'source' | 'origin'>, index: number): number {
  const start = origin[index]!
  // Where the next unit follows at once, this one stands for itself, whatever it looks like.
  if (origin[index + 1] === start + 1) return 1
  if (source[start] === '\\' && source[start + 1] === text[index]) return 2
  if (source.startsWith('\r\n', start)) return 2
  reference.lastIndex = start
  const found = source[start] === '&' ? reference.exec(source) : null
  return found ? found[0].length : 1
}
