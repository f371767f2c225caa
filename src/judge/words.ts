import type {Confusions, Place, Signs} from './features.ts'
import {digitsOf, type Votes} from './readings.ts'
import {changeOf, confusionOf, type Surroundings} from './surroundings.ts'

/** Put the evidence of a difference into words, the weightiest first; quoted texts are in backticks. */
export function explain(
  place: Place,
  {features, votes, isTold}: Signs,
  around: Surroundings,
  confusions: Confusions,
): readonly string[] {
  const {kind, reference, hypothesis, confidence, room, takenOut} = place
  const said: string[] = []
  if (isTold) said.push(secondLook(place, votes))
  if (kind === 'substitution') {
    if (features['a blank on the scan'])
      said.push(
        /\n/.test(hypothesis.trim())
          ? 'a line ends there on the scan'
          : 'the scan has a blank as wide as between words',
      )
    if (features['slip: swapped']) said.push('two letters swapped, as by a typist')
    if (features['slip: doubled']) said.push('a letter typed twice')
    if (features['slip: dropped']) said.push('a letter left out')
    if (features['slip: neighbouring key']) said.push('the letters are neighbouring keys')
    if (features['only capitals differ']) said.push('only capitals differ')
    if (features['only punctuation differs']) said.push('only punctuation differs')
    if (features['only blanks differ']) said.push('only blanks or hyphens differ')
    if (digitsOf(reference) !== digitsOf(hypothesis)) said.push('digits differ')
    if (features['known: reference']) said.push('only the transcript’s word is known')
    if (features['known: hypothesis']) said.push('only the word that was read is known')
    const confusion = confusionOf(reference, hypothesis)
    if (confusion !== null) {
      const [from = '', to = ''] = confusion.split('>')
      const elsewhere = (around.confusions.get(confusion) ?? 0) - 1
      if (elsewhere > 0) said.push(`\`${to}\` was read for \`${from}\` in ${elsewhere} other words of this document`)
      else if ((confusions[confusion] ?? 0) > 1) said.push(`\`${to}\` is often read for \`${from}\``)
    }
    const same = (around.changes.get(changeOf(reference, hypothesis)) ?? 1) - 1
    if (same > 0) said.push(`the same change ${same === 1 ? 'once more' : `${same} times more`} in this document`)
    if (features['a mark in brackets']) said.push('a mark in brackets, which are often struck out')
    if (features['a page number']) said.push('a page number')
  }
  if (kind === 'deletion') {
    if (takenOut.trim() !== '') said.push(`cleanup took out \`${oneLine(takenOut)}\` here`)
    if (features['repeats its neighbour']) said.push('the transcript repeats a word')
    if (room !== null) {
      said.push(
        features['no room for it']
          ? 'the scan has no room for it'
          : `the scan has room for ${Math.round(room)} letters`,
      )
    }
  }
  if (kind === 'insertion' && features['repeats its neighbour']) said.push('the scan repeats a word')
  said.push(confidence === null ? 'nothing read at this place' : `read with confidence ${confidence.toFixed(2)}`)
  return said
}

function secondLook(
  {reference, hypothesis, readings}: Place,
  {reference: own, hypothesis: first, support}: Votes,
): string {
  const of = (share: number) => `${Math.round(share * readings.length)} of ${readings.length}`
  const others = [...new Set(readings.map(({text}) => text))].filter(text => text !== '').slice(0, 3)
  if (reference !== '' && own > 0) return `a second look reads \`${oneLine(reference)}\` in ${of(own)} ways`
  if (first === 1) {
    const doubt = support >= 0.05 ? ', though its letters allow for the transcript' : ''
    return `a second look reads \`${oneLine(hypothesis)}\` in every way${doubt}`
  }
  if (first > 0) return `a second look reads \`${oneLine(hypothesis)}\` in ${of(first)} ways`
  return others.length === 0
    ? 'a second look reads nothing'
    : `a second look reads ${others.map(text => `\`${text}\``).join(', ')}`
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}
