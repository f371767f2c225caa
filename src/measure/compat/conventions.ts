import {type DinglehopperReport, dinglehopper} from './dinglehopper.ts'
import {type IsriAccuracy, isriAccuracy} from './isri.ts'
import {type IsriMoves, isriMoves} from './isri-moves.ts'
import {type IsriWords, isriWords} from './isri-words.ts'
import {type JiwerReport, jiwer} from './jiwer.ts'
import {type OcrdReport, ocrd} from './ocrd.ts'
import {type OcrevaluationReport, ocrevaluation} from './ocrevaluation.ts'
import type {Tools} from './tools.ts'
import {type TranskribusReport, transkribus} from './transkribus.ts'

/** What each convention gives for two texts. */
export interface ConventionReports {
  readonly dinglehopper: DinglehopperReport
  readonly isri: {readonly accuracy: IsriAccuracy; readonly words: IsriWords; readonly moves: IsriMoves}
  readonly jiwer: JiwerReport
  readonly ocrd: OcrdReport
  readonly ocrevaluation: OcrevaluationReport
  readonly transkribus: TranskribusReport
}

export type ConventionName = keyof ConventionReports

/** Conventions by name: that tool's numbers, by that tool's rules, from two texts as they stand in their files. */
export const conventions: {
  readonly [Name in ConventionName]: (reference: string, hypothesis: string, tools: Tools) => ConventionReports[Name]
} = {
  dinglehopper,
  isri: (reference, hypothesis, tools) => ({
    accuracy: isriAccuracy(reference, hypothesis, tools),
    words: isriWords(reference, hypothesis, tools),
    moves: isriMoves(reference, hypothesis),
  }),
  jiwer: (reference, hypothesis, tools) => jiwer([reference], [hypothesis], tools),
  ocrd,
  ocrevaluation: (reference, hypothesis, tools) => ocrevaluation(reference, hypothesis, tools),
  transkribus: (reference, hypothesis) => transkribus(reference, hypothesis),
}

export const conventionNames: readonly ConventionName[] = [
  'dinglehopper',
  'isri',
  'jiwer',
  'ocrd',
  'ocrevaluation',
  'transkribus',
]
