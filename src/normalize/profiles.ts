/** What counts as the letter: a profile says for every family of markings what becomes of it. */
export type Profile = 'letter' | 'diplomatic' | 'frus' | 'thatcher' | 'raw'

/** `strip`: taken out; `note`: kept in the text and shown as a flag; `keep`: part of the letter. */
export type Treatment = 'strip' | 'note' | 'keep'

/** What a profile says, with what the settings say otherwise. */
export interface ProfileRules {
  /** What becomes of a family that is not named below. */
  readonly otherwise: Treatment
  readonly families: Readonly<Record<string, Treatment>>
  /** Whether sentences and words are joined again, and blank lines folded. */
  readonly joins: boolean
  /** Whether damaged spelling is mended. */
  readonly repairs: boolean
}

/** Parts of a letter that one edition prints and another leaves out; kept unless a profile says otherwise. */
const partsOfTheLetter = {
  letterhead: 'keep',
  'portion-mark': 'keep',
  'translation-note': 'keep',
  'conformed-signature': 'keep',
} as const

/** Misreadings: no edition prints them. */
const misreadings = {noise: 'strip', 'stray-script': 'strip'} as const

/**
 * The built-in profiles.
 *
 * - `letter`: the letter's own words; letterhead, portion marks, `Unofficial translation` and `/S/` are its own.
 * - `diplomatic`: everything that is on the paper; markings stay and are noted, only misreadings go, lines stay as they are.
 * - `frus`: as the Office of the Historian prints: no letterhead, translation note or conformed signature; portion marks stay.
 * - `thatcher`: as the Thatcher Foundation prints: declassification stamps and grades stay at the head.
 * - `raw`: nothing is changed; what `letter` would do is noted.
 */
export const profiles: Readonly<Record<Profile, ProfileRules>> = {
  letter: {otherwise: 'strip', families: partsOfTheLetter, joins: true, repairs: true},
  diplomatic: {otherwise: 'note', families: {...partsOfTheLetter, ...misreadings}, joins: false, repairs: true},
  frus: {
    otherwise: 'strip',
    families: {
      ...partsOfTheLetter,
      letterhead: 'strip',
      'translation-note': 'strip',
      'conformed-signature': 'strip',
    },
    joins: true,
    repairs: true,
  },
  thatcher: {
    otherwise: 'strip',
    families: {...partsOfTheLetter, 'library-stamp': 'note', 'classification-banner': 'note'},
    joins: true,
    repairs: true,
  },
  raw: {otherwise: 'note', families: partsOfTheLetter, joins: false, repairs: false},
}

/** A profile, but for families that the settings treat otherwise. */
export function profileRules(profile: Profile, families: Readonly<Record<string, Treatment>> = {}): ProfileRules {
  const rules = profiles[profile]
  return {...rules, families: {...rules.families, ...families}}
}

/** What becomes of a family. */
export function treatmentOf({families, otherwise}: ProfileRules, family: string): Treatment {
  return families[family] ?? otherwise
}
