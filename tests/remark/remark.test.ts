import fc from 'fast-check'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import {unified} from 'unified'
import {VFile} from 'vfile'
import {describe, expect, test} from 'vitest'
import {lintRules} from '../../src/normalize/lint/lint.ts'
import remarkScanproof, {type RuleSetting, remarkScanproofRules} from '../../src/remark.ts'

const letter = `---
title: SECRET
---

SECRET

Dear *Marg*aret:

I look forward to the
the next **Sеcretary** meeting, see [the con\u00adfidential](https://example.org/SECRET) note.

NLS MR 2000-004 #5

Sincerely,

Ron

SECRET
`

const parser = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm)

async function messagesOf(
  markdown: string,
  rules: readonly (readonly [string, (RuleSetting | undefined)?])[] | null = null,
) {
  const file = new VFile({path: 'transcripts/letter.md', value: markdown})
  const processor = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm)
  if (rules === null) processor.use(remarkScanproof)
  else for (const [id, setting] of rules) processor.use(remarkScanproofRules[id]!, setting)
  await processor.run(parser.parse(file), file)
  expect(String(file)).toBe(markdown)
  return file.messages
}

describe('remark-scanproof', () => {
  test('the preset finds what every rule finds, at its place in the Markdown', async () => {
    const messages = await messagesOf(letter)
    const found = messages.map(({ruleId, line, column, actual}) => [ruleId, line, column, actual])
    expect(found).toContainEqual(['no-marking', 5, 1, 'SECRET'])
    expect(found).toContainEqual(['no-marking', 12, 1, 'NLS MR 2000-004 #5'])
    expect(found).toContainEqual(['no-doubled-word', 9, 19, 'the\nthe'])
    expect(found).toContainEqual(['no-mixed-script', 10, 12, 'Sеcretary'])
    expect(found).toContainEqual(['no-suspicious-character', 10, 45, '\u00ad'])
    for (const {source, fatal, place, reason, note} of messages) {
      expect(source).toBe('scanproof')
      expect(fatal).toBe(false)
      expect(place).toHaveProperty('end.offset')
      expect(reason).toMatch(/^Unexpected .*, expected /s)
      expect(note).toBeTruthy()
    }
  })
  test('front matter, link targets and code are not the letter', async () => {
    const messages = await messagesOf('---\nnote: NLS MR 2000-004 #5\n---\n\nDear Ron,\n\n[here](https://x.org/g0od)\n')
    expect(messages).toEqual([])
  })
  test.each([
    ['off', null],
    [false, null],
    [0, null],
    [['off'], null],
    [undefined, false],
    [true, false],
    ['warn', false],
    [[1], false],
    [2, true],
    ['error', true],
    [['error', {}], true],
  ] as const)('set to %j', async (setting, fatal) => {
    const messages = await messagesOf('the\nthe end', [['no-doubled-word', setting]])
    expect(messages.map(message => message.fatal)).toEqual(fatal === null ? [] : [fatal])
  })
  test('what may be a marking is a hint, whatever the setting', async () => {
    const messages = await messagesOf('COPY\n\nDear Ron,\n\nYours\n', [['no-marking', 2]])
    for (const {fatal} of messages) expect(fatal).toBeUndefined()
  })
  test('a setting that is none is refused with what there is', async () => {
    await expect(messagesOf('text', [['no-marking', 'loud' as 'warn']])).rejects.toThrow(
      /`"loud"` of `no-marking`, expected/,
    )
  })
  test('there is a plugin for every rule, and each alone finds only its own', async () => {
    expect(Object.keys(remarkScanproofRules)).toEqual(lintRules.map(({id}) => id))
    for (const {id} of lintRules) {
      for (const {ruleId} of await messagesOf(letter, [[id]])) expect(ruleId).toBe(id)
    }
  })
  test('any Markdown: no error, every message at what it names', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.constantFrom(
              'SECRET',
              '*',
              '\n',
              '\n\n',
              '`',
              '[',
              '](',
              'the the',
              '> ',
              '- ',
              '&amp;',
              '\u00ad',
              'сору',
            ),
            fc.string({unit: 'grapheme', maxLength: 8}),
          ),
          {maxLength: 30},
        ),
        async parts => {
          const markdown = parts.join(' ')
          for (const {place, actual} of await messagesOf(markdown)) {
            if (place === undefined || !('start' in place) || actual === undefined) continue
            const shown = markdown.slice(place.start.offset, place.end.offset)
            // Markup inside the span stands in the source only.
            expect(shown.length).toBeGreaterThanOrEqual(1)
            if (!/[\\&*_`[\]>\n\r-]/.test(shown)) expect(shown).toBe(actual)
          }
        },
      ),
      {seed: 1, numRuns: 100},
    ))
})
