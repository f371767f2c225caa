import type {Alignment, Calibration, Effort, EffortStep, ReliabilityBin} from '../model.ts'
import {measured, undefinedFor} from './measured.ts'

/** A word that was read: how sure the engine was, and whether the transcript says the same. */
export interface Outcome {
  /** 0 to 1. */
  readonly confidence: number
  readonly correct: boolean
}

/**
 * Join confidences to what the alignment says of each word that was read.
 *
 * @param confidences
 *   By token of the hypothesis; words without one are left out.
 */
export function outcomesOf({chunks}: Alignment, confidences: readonly (number | null)[]): readonly Outcome[] {
  const outcomes: Outcome[] = []
  for (const {operation, hypothesis} of chunks) {
    for (let token = hypothesis.start; token < hypothesis.end; token++) {
      const confidence = confidences[token] ?? null
      if (confidence !== null) outcomes.push({confidence, correct: operation === 'equal'})
    }
  }
  return outcomes
}

/** Hold confidence against accuracy in ten bins of equal width (Guo et al. 2017, "On Calibration of Modern Neural Networks"). */
export function calibrate(outcomes: readonly Outcome[]): Calibration {
  const bins = Array.from({length: 10}, (_, index): ReliabilityBin => {
    const inside = outcomes.filter(({confidence}) => Math.min(9, Math.floor(confidence * 10)) === index)
    const none = undefinedFor('No word has this confidence')
    return {
      from: index / 10,
      to: (index + 1) / 10,
      words: inside.length,
      confidence: inside.length === 0 ? none : measured(mean(inside.map(({confidence}) => confidence))),
      accuracy: inside.length === 0 ? none : measured(mean(inside.map(({correct}) => (correct ? 1 : 0)))),
    }
  })
  if (outcomes.length === 0) {
    const none = undefinedFor('No word has a confidence')
    return {bins, expectedError: none, greatestError: none}
  }
  const gaps = bins.map(({words, confidence, accuracy}) => ({
    words,
    gap: Math.abs((confidence.value ?? 0) - (accuracy.value ?? 0)),
  }))
  return {
    bins,
    expectedError: measured(gaps.reduce((sum, {words, gap}) => sum + words * gap, 0) / outcomes.length),
    greatestError: measured(Math.max(...gaps.map(({gap}) => gap))),
  }
}

/** Follow a reviewer through the words from the least sure to the surest. */
export function reviewEffort(outcomes: readonly Outcome[]): Effort {
  const wrong = outcomes.filter(({correct}) => !correct).length
  if (wrong === 0) return {steps: [], area: undefinedFor('No word with a confidence is wrong')}
  const sorted = [...outcomes].sort((one, other) => one.confidence - other.confidence)
  const steps: EffortStep[] = []
  let caught = 0
  let area = 0
  let before = {looked: 0, caught: 0}
  for (const [index, {confidence, correct}] of sorted.entries()) {
    if (!correct) caught++
    if (sorted[index + 1]?.confidence === confidence) continue
    const step = {confidence, looked: (index + 1) / sorted.length, caught: caught / wrong}
    area += ((step.looked - before.looked) * (step.caught + before.caught)) / 2
    steps.push(step)
    before = step
  }
  return {steps, area: measured(area)}
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
