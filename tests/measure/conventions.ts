import {align} from '../../src/align/align.ts'
import {tokenize} from '../../src/align/tokenize.ts'
import {lineAssignmentAccuracy} from '../../src/measure/assignment.ts'
import {bagOfWords} from '../../src/measure/bag.ts'
import {type IsriAccuracy, isriAccuracy, sumIsriAccuracy} from '../../src/measure/compat/isri.ts'
import {isriMoves} from '../../src/measure/compat/isri-moves.ts'
import {isriWords} from '../../src/measure/compat/isri-words.ts'
import {jiwer, jiwerErrorCounts} from '../../src/measure/compat/jiwer.ts'
import {ocrd} from '../../src/measure/compat/ocrd.ts'
import {ocrevaluation, ocrevaluationWords} from '../../src/measure/compat/ocrevaluation.ts'
import {listTokens} from '../../src/measure/compat/tools.ts'
import {transkribus} from '../../src/measure/compat/transkribus.ts'
import {confusions} from '../../src/measure/confusions.ts'
import {count, errors, sum} from '../../src/measure/counts.ts'
import {findDifferences} from '../../src/measure/differences.ts'
import {isInOrder, isPresent} from '../../src/measure/facts.ts'
import {flexibleCharacterAccuracy} from '../../src/measure/flexible.ts'
import {jackknife, signedRankProbability} from '../../src/measure/intervals.ts'
import {characterRates, wordRates} from '../../src/measure/rates.ts'
import {segmentationErrors} from '../../src/measure/segmentation.ts'
import {pagesPerMinute, spreadOf} from '../../src/measure/spread.ts'
import type {Counts, Measured, Unit} from '../../src/model.ts'

/** A published value: what a tool, a guide or a paper says of two texts. */
export interface Vector {
  readonly metric: string
  readonly gt: string | readonly string[] | null
  readonly ocr: string | readonly string[] | null
  readonly options?: Readonly<Record<string, unknown>>
}

const tools = {tokenize, align}

/** Measure by the convention that a metric's name stands for. Undefined rates are `Infinity`, as the tools have them. */
export function evaluate({metric, gt, ocr, options = {}}: Vector): unknown {
  const convention = conventions[metric]
  if (convention === undefined) throw new RangeError(`Unexpected metric \`${metric}\``)
  return convention(listOf(gt), listOf(ocr), options)
}

type Convention = (
  truth: readonly string[],
  read: readonly string[],
  options: Readonly<Record<string, unknown>>,
) => unknown

function listOf(side: string | readonly string[] | null): readonly string[] {
  return side === null ? [] : typeof side === 'string' ? [side] : side
}

function numberOf({value}: Measured): number | string {
  return value ?? 'Infinity'
}

function counts(truth: string, read: string, unit: Unit): Counts {
  return count(align(tokenize(truth, unit, 'strict'), tokenize(read, unit, 'strict')))
}

function lines(text: string): string[][] {
  return text.split('\n').map(line => [...line])
}

function isri(truth: readonly string[], read: readonly string[]): IsriAccuracy {
  return sumIsriAccuracy(truth.map((page, index) => isriAccuracy(page, read[index]!, tools)))
}

function percent({value}: Measured): number {
  return Math.round(value! * 10_000) / 100
}

function operations({ins, subst, del, errors: all}: IsriAccuracy['operations']['total']): number[] {
  return [ins, subst, del, all]
}

function ignoring(caseToo: boolean, diacriticsToo: boolean): Convention {
  return ([truth], [read]) =>
    ocrevaluation(truth!, read!, tools, {ignoreCase: caseToo, ignoreDiacritics: diacriticsToo}).distance
}

function columns(truth: readonly string[], read: readonly string[], unit: Unit): (string | null)[][] {
  const [reference, hypothesis] = [listTokens(truth, unit), listTokens(read, unit)]
  return align(reference, hypothesis).chunks.flatMap(({operation, reference: r, hypothesis: h}) =>
    Array.from({length: Math.max(r.end - r.start, h.end - h.start)}, (_, k) => [
      operation === 'insert' ? null : truth[r.start + k]!,
      operation === 'delete' ? null : read[h.start + k]!,
    ]),
  )
}

function graphemes(text: string): readonly string[] {
  return tokenize(text, 'character', 'strict').keys
}

const characters: Convention = ([truth], [read]) =>
  numberOf(characterRates(counts(truth!, read!, 'character')).byReference)
const words: Convention = ([truth], [read]) => numberOf(wordRates(counts(truth!, read!, 'word')).errorRate)
const distance: Convention = ([truth], [read]) => errors(counts(truth!, read!, 'character'))
const codePoints: Convention = ([truth], [read]) =>
  align(listTokens([...truth!], 'character'), listTokens([...read!], 'character')).distance

const conventions: Readonly<Record<string, Convention>> = {
  cer_n_gt: characters,
  wer_uax29_n_gt: words,
  levenshtein_grapheme: distance,
  levenshtein_codepoint: codePoints,
  grapheme_count: ([truth]) => graphemes(truth!).length,
  editops_grapheme: ([truth], [read]) =>
    align(tokenize(truth!, 'character', 'strict'), tokenize(read!, 'character', 'strict'))
      .chunks.filter(({operation}) => operation !== 'equal')
      .flatMap(({operation, reference: r, hypothesis: h}) =>
        Array.from({length: Math.max(r.end - r.start, h.end - h.start)}, (_, k) => [
          operation === 'substitute' ? 'replace' : operation,
          r.start + (operation === 'insert' ? 0 : k),
          h.start + (operation === 'delete' ? 0 : k),
        ]),
      ),
  alignment_columns: ([truth], [read]) => {
    const pairs = columns(graphemes(truth!), graphemes(read!), 'character')
    return [pairs.map(([from]) => from), pairs.map(([, to]) => to)]
  },
  word_alignment: ([truth], [read]) => columns(truth!.split(' '), read!.split(' '), 'word'),
  macro_average_cer: (_truth, _read, {inputs}) => numberOf(spreadOf(inputs as number[]).macro),
  cer_mean: (_truth, _read, {pages}) => numberOf(spreadOf(pages as number[]).macro),
  cer_median: (_truth, _read, {pages}) => numberOf(spreadOf(pages as number[]).median),
  cer_range: (_truth, _read, {pages}) => {
    const {least, greatest} = spreadOf(pages as number[])
    return [numberOf(least), numberOf(greatest)]
  },
  cer_standard_deviation: (_truth, _read, {pages}) => numberOf(spreadOf(pages as number[]).deviation),
  wer_document: (_truth, _read, {pages}) => numberOf(spreadOf(pages as number[]).macro),
  pages_per_minute: (_truth, _read, options) =>
    numberOf(pagesPerMinute(options.pages as number, options.wall_time as number)),
  cer_micro: (truth, read) =>
    numberOf(characterRates(sum(truth.map((page, index) => counts(page, read[index]!, 'character')))).byReference),
  cer_normalized_ocrd: ([truth], [read]) => numberOf(ocrd(truth!, read!, tools).cerNormalized),
  bag_of_words_error_ocrd: ([truth], [read]) => numberOf(ocrd(truth!, read!, tools).bagOfWordsError),
  flexible_character_accuracy: ([truth], [read]) => numberOf(flexibleCharacterAccuracy(lines(truth!), lines(read!))),
  flexible_character_accuracy_line_assignment: ([truth], [read]) =>
    numberOf(lineAssignmentAccuracy(lines(truth!), lines(read!))),
  cer_n_gt_codepoint: (truth, read) => jiwer(truth, read, tools).cer,
  cer_n_gt_codepoint_micro: (truth, read) => jiwer(truth, read, tools).cer,
  wer_whitespace: (truth, read) => jiwer(truth, read, tools).wer,
  mer_whitespace: (truth, read) => jiwer(truth, read, tools).mer,
  wil_whitespace: (truth, read) => jiwer(truth, read, tools).wil,
  wip_whitespace: (truth, read) => jiwer(truth, read, tools).wip,
  word_confusions: (truth, read) => jiwerErrorCounts(truth, read, tools),
  wer_n_gt_caseinsensitive: ([truth], [read]) => numberOf(ocrevaluation(truth!, read!, tools, {ignoreCase: true}).wer),
  levenshtein_ignore_case: ignoring(true, false),
  levenshtein_ignore_diacritics: ignoring(false, true),
  levenshtein_ignore_case_diacritics: ignoring(true, true),
  word_distance: ([truth], [read]) =>
    align(listTokens(ocrevaluationWords(truth!), 'word'), listTokens(ocrevaluationWords(read!), 'word')).distance,
  words_uation: ([truth]) => ocrevaluationWords(truth!),
  word_count_pair: ([truth], [read]) => [ocrevaluationWords(truth!).length, ocrevaluationWords(read!).length],
  bag_of_words_error_uation: ([truth], [read]) => numberOf(ocrevaluation(truth!, read!, tools).werOrderIndependent),
  words_uax29: ([truth]) => tokenize(truth!, 'word', 'strict').keys,
  isri_characters: (truth, read) => isri(truth, read).characters,
  isri_errors: (truth, read) => isri(truth, read).errors,
  isri_char_errors_of_total: (truth, read) => [isri(truth, read).errors, isri(truth, read).characters],
  isri_char_accuracy_pct: (truth, read, options) =>
    truth.length > 0
      ? percent(isri(truth, read).accuracy)
      : percent(jackknife([{size: options.characters as number, errors: options.errors as number}]).estimate),
  isri_marks: (truth, read) => {
    const {rejectCharacters, suspectMarkers, falseMarks, charactersMarked, accuracyAfterCorrection} = isri(truth, read)
    return {
      reject: rejectCharacters,
      suspect: suspectMarkers,
      false: falseMarks,
      characters_marked_pct: percent(charactersMarked),
      accuracy_after_correction_pct: percent(accuracyAfterCorrection),
    }
  },
  isri_ops: (truth, read) => {
    const {marked, unmarked, total} = isri(truth, read).operations
    return {marked: operations(marked), unmarked: operations(unmarked), total: operations(total)}
  },
  isri_top_confusions: (truth, read) =>
    isri(truth, read).confusions.map(({correct, generated, errors: all, marked}) => [correct, generated, all, marked]),
  isri_class_missed: (truth, read) =>
    Object.fromEntries(isri(truth, read).classes.map(({name, count: all, missed}) => [name, [all, missed]])),
  isri_jackknife_ci_char_pct: (truth, read) => {
    const pages = truth.map((page, index) => isriAccuracy(page, read[index]!, tools))
    const {characters: size, errors: wrong} = sumIsriAccuracy(pages)
    const {estimate, lower, upper, observations} = jackknife(
      pages.map(page => ({size: page.characters, errors: page.errors})),
    )
    return {
      accuracy: percent(estimate),
      lower: percent(lower),
      upper: percent(upper),
      observations,
      characters: size,
      errors: wrong,
    }
  },
  isri_moves: ([truth], [read]) => {
    const {insertions, deletions, moves} = isriMoves(truth!, read!)
    return {insertions, deletions, moves}
  },
  wordacc_ocreval7: ([truth], [read], options) => {
    const {words: all, misrecognized, accuracy} = isriWords(truth!, read!, tools)
    const result = {words: all, misrecognized}
    return options.accuracy === true ? {...result, accuracy_pct: percent(accuracy)} : result
  },
  transkribus_wer_count_COR: ([truth], [read]) => transkribus(truth!, read!).COR,
  transkribus_wer_count_SUB: ([truth], [read]) => transkribus(truth!, read!).SUB,
  transkribus_wer_count_INS: ([truth], [read]) => transkribus(truth!, read!).INS,
  transkribus_wer_count_DEL: ([truth], [read]) => transkribus(truth!, read!).DEL,
  transkribus_bag_TP: ([truth], [read]) => transkribus(truth!, read!).bag.TP,
  transkribus_bag_FN: ([truth], [read]) => transkribus(truth!, read!).bag.FN,
  transkribus_bag_FP: ([truth], [read]) => transkribus(truth!, read!).bag.FP,
  bag_missing_excess: ([truth], [read]) => {
    const {missing, excess} = bagOfWords(truth!.split(' '), read!.split(' '))
    return [missing, excess]
  },
  segmentation_errors: ([reference], [hypothesis]) => {
    const referenceTokens = tokenize(reference!, 'character', 'reading')
    const hypothesisTokens = tokenize(hypothesis!, 'character', 'reading')
    const alignment = align(referenceTokens, hypothesisTokens)
    const {merged, split} = segmentationErrors(
      findDifferences({
        reference: reference!,
        hypothesis: hypothesis!,
        referenceTokens,
        hypothesisTokens,
        alignment,
      }),
    )
    return merged + split
  },
  wilcoxon_signed_rank_two_sided_p: (_truth, _read, options) =>
    numberOf(signedRankProbability(options.n as number, options.W as number)),
  confusion_total_equals_levenshtein: ([truth], [read]) => {
    const [reference, hypothesis] = [tokenize(truth!, 'character', 'strict'), tokenize(read!, 'character', 'strict')]
    return confusions(align(reference, hypothesis), reference, hypothesis).reduce(
      (total, {errors: all}) => total + all,
      0,
    )
  },
  fact_present: ([fact], [document], options) => present(fact!, document!, options),
  fact_absent: ([fact], [document], options) => !present(fact!, document!, options),
  fact_order: ([first, second], [document], options) =>
    isInOrder(...([first!, second!, document!].map(factTokens) as [F, F, F]), options.max_diffs as number),
}

type F = ReturnType<typeof factTokens>

function present(fact: string, document: string, options: Readonly<Record<string, unknown>>): boolean {
  return isPresent(factTokens(fact), factTokens(document), options.max_diffs as number)
}

function factTokens(text: string): ReturnType<typeof tokenize> {
  return tokenize(text, 'character', 'reading')
}
