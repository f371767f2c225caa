import type {FoundDifference} from './differences.ts'

/** Words that were read right but for the blanks between them. */
export interface Segmentation {
  /** Blanks lost: words run together. */
  readonly merged: number
  /** Blanks made up: words broken. */
  readonly split: number
}

/** Count the blanks that came or went in differences that are nothing else. */
export function segmentationErrors(differences: readonly FoundDifference[]): Segmentation {
  let merged = 0
  let split = 0
  for (const {reference, hypothesis, characters} of differences) {
    if (withoutBlanks(reference) !== withoutBlanks(hypothesis)) continue
    merged += characters.deletions
    split += characters.insertions
  }
  return {merged, split}
}

function withoutBlanks(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, '')
}
