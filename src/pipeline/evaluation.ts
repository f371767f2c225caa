import {align} from '../align/align.ts'
import type {Equality} from '../align/fold.ts'
import {tokenize} from '../align/tokenize.ts'
import {lineAssignmentAccuracy} from '../measure/assignment.ts'
import {bagOfWords} from '../measure/bag.ts'
import {setBlocksApart} from '../measure/blocks.ts'
import {characterRecall, classRecall} from '../measure/classes.ts'
import {confusions} from '../measure/confusions.ts'
import type {FoundDifference} from '../measure/differences.ts'
import {flexibleCharacterAccuracy} from '../measure/flexible.ts'
import {forgiven} from '../measure/forgiven.ts'
import {preservedFacts} from '../measure/preserved.ts'
import {characterRates, wordRates} from '../measure/rates.ts'
import {segmentationErrors} from '../measure/segmentation.ts'
import type {Numbers, Span} from '../model.ts'
import {type Held, hold} from './hold.ts'

/**
 * Measure two texts in every way there is, beyond their error rates.
 *
 * @param gaps
 *   Those that `character` and `word` were held without.
 */
export function evaluate(
  character: Held,
  word: Held,
  differences: readonly FoundDifference[],
  equality: Equality,
  gaps: readonly Span[],
): Numbers {
  const {reference, hypothesis} = character
  const lines = [reference, hypothesis].map(text => linesOf(text, equality)) as [string[][], string[][]]
  const {kinds, lost} = preservedFacts(character)
  const {extra, missing, moved, remaining} = setBlocksApart(word, character, {align})
  const {folds, total} = forgiven(
    equality.folds,
    on => hold(reference, hypothesis, 'character', {...equality, folds: on}, gaps).counts,
  )
  const all = confusions(character.alignment, character.referenceTokens, character.hypothesisTokens)
  return {
    characters: {...characterRates(character.counts)},
    words: {...wordRates(word.counts)},
    bagOfWords: {...bagOfWords(word.referenceTokens.keys, word.hypothesisTokens.keys)},
    anyOrder: {
      flexibleCharacterAccuracy: flexibleCharacterAccuracy(...lines),
      lineAssignmentAccuracy: lineAssignmentAccuracy(...lines),
    },
    preserved: {
      numbers: {...kinds.number},
      dates: {...kinds.date},
      names: {...kinds.name},
      lost: lost.map(({reference: fact}) => fact),
    },
    segmentation: {...segmentationErrors(differences)},
    blocks: {
      extra: extra.map(({text}) => text),
      missing: missing.map(({text}) => text),
      moved: moved.map(({text}) => text),
      withoutBlocks: {...remaining, errorRate: characterRates(remaining).byReference},
    },
    gaps: character.gaps.map(gap => ({
      mark: reference.slice(gap.reference.start, gap.reference.end),
      hypothesis: hypothesis.slice(gap.hypothesis.start, gap.hypothesis.end).trim(),
    })),
    forgiven: {total, ...Object.fromEntries(folds.map(({fold: name, errors}) => [name, errors]))},
    confusions: all.map(confusion => ({...confusion})),
    classes: classRecall(character.alignment, character.referenceTokens).map(recall => ({...recall})),
    missed: characterRecall(character.alignment, character.referenceTokens)
      .filter(recall => recall.missed > 0)
      .map(recall => ({...recall})),
  }
}

/** Characters of each line, as they are compared. */
function linesOf(text: string, equality: Equality): string[][] {
  return text.split(/[\n\f]/).map(line => [...tokenize(line, 'character', equality).keys])
}
