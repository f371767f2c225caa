import type {LintRule} from './lint-rule.ts'

/** Markings that the normalizer would strip from a reading. */
export const noMarking: LintRule = {
  id: 'no-marking',
  summary: 'Declassification stamps, banners, citations, page numbers and stray Cyrillic in the text of a letter.',
  examples: [
    {
      name: 'a banner and a stamp',
      text: 'SECRET\n\nDear Margaret:\n\nI write to you today.\n\nNLS MR 2000-004 #5\n\nSincerely,\n\nRon\n\nSECRET',
      actual: ['SECRET', 'NLS MR 2000-004 #5', 'SECRET'],
    },
    {name: 'a grade in a sentence', text: 'We keep the channel secret.', actual: []},
  ],
  find: (_, {document, candidates}) =>
    candidates.flatMap(({decision, span, rule, evidence, action}) => {
      if (action !== 'strip' || (decision !== 'strip' && decision !== 'flag')) return []
      const actual = document.raw.slice(span.start, span.end)
      const why = `\`${rule.id}\`: ${evidence[0]?.reason ?? rule.family}`
      const isSure = decision === 'strip'
      const reason = isSure
        ? `Unexpected marking \`${actual}\` (${why}), expected the letter's own words, remove it or move it to the front matter`
        : `Unexpected \`${actual}\` that may be a marking (${why}), expected the letter's own words, compare it with the scan`
      return [{severity: isSure ? ('warning' as const) : ('info' as const), reason, span, actual, expected: []}]
    }),
}
