/** Corpora before and after a change of engine, as the statistics of the gate would meet them; seeded. */
import {judgePopulation, type PagePair} from '../../src/gate/population.ts'
import {randomFrom} from '../../src/gate/random.ts'

export interface Simulation {
  readonly documents: number
  readonly pagesEach: number
  /** True relative rise of the errors; 0 for none. */
  readonly rise: number
  readonly seed: number
  /** Of what changes between the two readings; `seed` where left out. */
  readonly changeSeed?: number
}

/** Characters of a page. */
const characters = 1800
/** Errors that go, and as many others that come, between two readings of which neither is better; as a share of the errors. */
const churn = 0.15

/**
 * Make pages of 1,800 characters whose error rates are spread log-normally about 2 % (sigma 0.8), half of the spread
 * shared by the pages of a document; 15 % of the errors churn.
 */
export function simulate({documents, pagesEach, rise, seed, changeSeed = seed}: Simulation): readonly PagePair[] {
  const corpus = randomFrom(seed)
  const change = randomFrom(changeSeed + 1_000_000)
  const normal = (random: () => number) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Array.from({length: documents}, (_, document) => {
    const shared = normal(corpus)
    // A document as a whole may fare better or worse: its pages are no independent witnesses.
    const lean = pagesEach > 1 ? normal(change) * 0.3 : 0
    return Array.from({length: pagesEach}, (_, page): PagePair => {
      const own = pagesEach > 1 ? Math.SQRT1_2 * shared + Math.SQRT1_2 * normal(corpus) : shared
      const errors = Math.round(characters * 0.02 * Math.exp(0.8 * own))
      const went = binomial(errors, churn, change)
      const came = binomial(errors, churn * Math.min(2, Math.max(0, 1 + lean)), change)
      const added = binomial(errors, rise, change)
      return {
        page: `d${document}/${page}`,
        document: `d${document}`,
        before: counts(errors),
        after: counts(Math.max(0, errors - went + came + added)),
      }
    })
  }).flat()
}

/** Count how many of `runs` simulated corpora are called regressed. */
export function falseAlarms({runs, ...corpus}: Omit<Simulation, 'seed'> & {readonly runs: number}): number {
  let called = 0
  for (let seed = 0; seed < runs; seed++) {
    if (judgePopulation(simulate({...corpus, seed: 1000 + seed})).result === 'regressed') called++
  }
  return called
}

/** What the gate says of rises it would see, and how often it sees them. */
export interface Told {
  /** The least rise that would have been seen, relative to the errors; the mean over corpora in which nothing rose. */
  readonly rise: number
  /** Share of the corpora in which a rise of the size that was told of this very corpus is called a regression. */
  readonly found: number
}

/** Ask of `runs` corpora what rise would have been seen, then read each anew with errors risen so far. */
export function tellDetectable({runs, ...corpus}: Omit<Simulation, 'seed' | 'rise'> & {readonly runs: number}): Told {
  let sum = 0
  let found = 0
  for (let seed = 5000; seed < 5000 + runs; seed++) {
    const {smallestDetectable, before} = judgePopulation(simulate({...corpus, rise: 0, seed}))
    const rise = smallestDetectable / (before.substitutions / (before.correct + before.substitutions))
    sum += rise
    const risen = simulate({...corpus, rise, seed, changeSeed: seed + 500_000})
    if (judgePopulation(risen).result === 'regressed') found++
  }
  return {rise: sum / runs, found: found / runs}
}

function binomial(trials: number, share: number, random: () => number): number {
  let hits = 0
  for (let i = 0; i < trials; i++) if (random() < share) hits++
  return hits
}

function counts(substitutions: number): PagePair['before'] {
  return {correct: Math.max(0, characters - substitutions), substitutions, insertions: 0, deletions: 0}
}
