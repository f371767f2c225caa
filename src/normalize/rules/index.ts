import type {Rule} from '../rule.ts'
import {foldBlankLines} from './fold-blank-lines.ts'
import {joinInterruptedSentence} from './join-interrupted-sentence.ts'
import {stripArchiveCitation} from './strip-archive-citation.ts'
import {stripClassificationBanner} from './strip-classification-banner.ts'
import {stripLibraryStamp} from './strip-library-stamp.ts'
import {stripStrayCyrillic} from './strip-stray-cyrillic.ts'

/** All rules in the order they run; of finds that overlap and are worth the same, the first stands. */
export const rules: readonly Rule[] = [
  stripClassificationBanner,
  stripLibraryStamp,
  stripArchiveCitation,
  stripStrayCyrillic,
  joinInterruptedSentence,
  foldBlankLines,
]
