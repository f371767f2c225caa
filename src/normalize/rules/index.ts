import type {Rule} from '../rule.ts'
import {foldBlankLines} from './fold-blank-lines.ts'
import {joinHyphenatedWord} from './join-hyphenated-word.ts'
import {joinInterruptedSentence} from './join-interrupted-sentence.ts'
import {repairCyrillicLookalikes} from './repair-cyrillic-lookalikes.ts'
import {stripArchiveCitation} from './strip-archive-citation.ts'
import {stripCableScaffolding} from './strip-cable-scaffolding.ts'
import {stripCaveat} from './strip-caveat.ts'
import {stripCiaReleaseStamp} from './strip-cia-release-stamp.ts'
import {stripClassificationBanner} from './strip-classification-banner.ts'
import {stripConformedSignature} from './strip-conformed-signature.ts'
import {stripCopyNumber} from './strip-copy-number.ts'
import {stripCrestFooter} from './strip-crest-footer.ts'
import {stripDowngradingBlock} from './strip-downgrading-block.ts'
import {stripFbiStamp} from './strip-fbi-stamp.ts'
import {stripFoiaExemption} from './strip-foia-exemption.ts'
import {stripForeignGrade} from './strip-foreign-grade.ts'
import {stripJfkActRelease} from './strip-jfk-act-release.ts'
import {stripLetterhead} from './strip-letterhead.ts'
import {stripLibraryStamp} from './strip-library-stamp.ts'
import {stripNaraStamp} from './strip-nara-stamp.ts'
import {stripNoise} from './strip-noise.ts'
import {stripNsaRelease} from './strip-nsa-release.ts'
import {stripPageMark} from './strip-page-mark.ts'
import {stripPageNumber} from './strip-page-number.ts'
import {stripPortionMark} from './strip-portion-mark.ts'
import {stripRecordForm} from './strip-record-form.ts'
import {stripRoutingForm} from './strip-routing-form.ts'
import {stripRunningLine} from './strip-running-line.ts'
import {stripRussianMarking} from './strip-russian-marking.ts'
import {stripStateRelease} from './strip-state-release.ts'
import {stripStrayCyrillic} from './strip-stray-cyrillic.ts'
import {stripTranslationNote} from './strip-translation-note.ts'

/** All rules in the order they run; of finds that overlap and are worth the same, the first stands. */
export const rules: readonly Rule[] = [
  stripClassificationBanner,
  stripCaveat,
  stripDowngradingBlock,
  stripLibraryStamp,
  stripNaraStamp,
  stripCrestFooter,
  stripCiaReleaseStamp,
  stripJfkActRelease,
  stripRecordForm,
  stripFbiStamp,
  stripNsaRelease,
  stripStateRelease,
  stripFoiaExemption,
  stripArchiveCitation,
  stripRussianMarking,
  stripForeignGrade,
  stripCableScaffolding,
  stripRoutingForm,
  stripCopyNumber,
  stripLetterhead,
  stripTranslationNote,
  stripConformedSignature,
  stripPortionMark,
  stripPageNumber,
  stripPageMark,
  stripRunningLine,
  stripStrayCyrillic,
  repairCyrillicLookalikes,
  stripNoise,
  joinHyphenatedWord,
  joinInterruptedSentence,
  foldBlankLines,
]
