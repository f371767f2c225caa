import {align} from '../align/align.ts'
import {compounds, equalityOf} from '../align/fold.ts'
import {tokenize} from '../align/tokenize.ts'
import type {Config} from '../config.ts'
import {count, rate} from '../measure/counts.ts'
import {findDifferences} from '../measure/differences.ts'
import type {Point, Rate, TextComparison, Unit} from '../model.ts'
import {lineStarts, pointIn} from '../read/lines.ts'
import {parseText} from '../read/texts.ts'
import {pointAt} from '../read/transcript.ts'
import {pagesOf} from './texts.ts'

/**
 * One side of a comparison: its text, and where each part of it stands: in the file for
 * Markdown and plain text, in the text that was read for hOCR, ALTO, PAGE, TSV and JSON.
 */
export interface Side {
  readonly file: string
  readonly text: string
  readonly pointAt: (offset: number) => Point
}

/**
 * Take a file as one side: Markdown as a reader reads it, anything else as the OCR text it is.
 *
 * @throws UserError
 *   Where the file is not what its name says, or not UTF-8.
 */
export function sideOf(bytes: Uint8Array, name: string): Side {
  const file = parseText(bytes, name)
  if (file.kind === 'transcript') {
    const {transcript} = file
    return {file: name, text: transcript.text, pointAt: offset => pointAt(transcript, offset)}
  }
  const text = pagesOf(file, name)
    .map(page => page.text)
    .join('\f')
  const starts = lineStarts(text)
  return {file: name, text, pointAt: offset => pointIn(starts, offset)}
}

/** Hold two texts against each other, without OCR or cleanup. */
export function compareTexts(reference: Side, hypothesis: Side, {equality}: Pick<Config, 'equality'>): TextComparison {
  const equal = equalityOf(equality, compounds(reference.text, hypothesis.text))
  const alignBy = (unit: Unit) => {
    const referenceTokens = tokenize(reference.text, unit, equal)
    const hypothesisTokens = tokenize(hypothesis.text, unit, equal)
    return {referenceTokens, hypothesisTokens, alignment: align(referenceTokens, hypothesisTokens)}
  }
  const character = alignBy('character')
  const word = alignBy('word')
  const rateOf = (alignment: (typeof character)['alignment']): Rate => rate(count(alignment))
  const texts = {reference: reference.text, hypothesis: hypothesis.text, ...character}
  return {
    reference: reference.file,
    hypothesis: hypothesis.file,
    equality,
    exact: character.alignment.exact && word.alignment.exact,
    character: rateOf(character.alignment),
    word: rateOf(word.alignment),
    differences: findDifferences(texts).map(({referenceSpan, hypothesisSpan, ...difference}) => ({
      ...difference,
      referencePoint: reference.pointAt(referenceSpan.start),
      hypothesisPoint: hypothesis.pointAt(hypothesisSpan.start),
    })),
  }
}
