/** Every folder in tests/cases/ is a test of the normalizer; `CASE=name` runs one. */
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import type {Normalized, PageText} from '../src/model.ts'
import {normalize} from '../src/normalize/normalize.ts'
import {type Profile, profiles} from '../src/normalize/profiles.ts'
import {restore} from '../src/normalize/restore.ts'

const folder = join(import.meta.dirname, 'cases')
const names = readdirSync(folder)
  .filter(name => existsSync(join(folder, name, 'input.txt')))
  .filter(name => process.env.CASE === undefined || name === process.env.CASE)
  .sort()

/** What a case.json holds. */
interface Case {
  /** What the case shows, in one sentence. */
  readonly point: string
  readonly profile?: Profile
}

test('there are cases, and `CASE` names one of them', () => {
  expect(names.length).toBeGreaterThan(0)
})

describe.each(names)('%s', name => {
  const path = (file: string) => join(folder, name, file)
  const settings: Case = JSON.parse(readFileSync(path('case.json'), 'utf8'))
  const input = readFileSync(path('input.txt'), 'utf8')
  // What the engine saw besides the text, where a rule needs it.
  const pages = existsSync(path('pages.json')) ? JSON.parse(readFileSync(path('pages.json'), 'utf8')) : pagesOf(input)
  const normalized = normalize(pages, {profile: settings.profile ?? 'letter', disabled: []})

  test('says what it shows', () => {
    expect(settings.point.length).toBeGreaterThan(20)
    expect(Object.keys(profiles)).toContain(settings.profile ?? 'letter')
  })

  test('clean text', async () => {
    await expect(normalized.clean).toMatchFileSnapshot(path('expected.txt'))
  })

  test('edits', async () => {
    await expect(`${JSON.stringify(outline(normalized), null, 2)}\n`).toMatchFileSnapshot(path('expected-edits.json'))
  })

  test('restores the input, and changes nothing more', () => {
    expect(restore(normalized.edits, normalized.clean)).toBe(input)
    expect(clean(normalized.clean, settings.profile ?? 'letter').clean).toBe(normalized.clean)
  })
})

test('all cases as one document', () => {
  const input = names.map(name => readFileSync(join(folder, name, 'input.txt'), 'utf8')).join('\f')
  const once = clean(input, 'letter')
  expect(restore(once.edits, once.clean)).toBe(input)
  expect(clean(once.clean, 'letter').clean).toBe(once.clean)
  // What a sentence needs stays in any company.
  expect(once.clean).toContain('The document is stamped\nTOP SECRET\nby the ministry')
  expect(once.clean).not.toMatch(/NW 50955|DECLASSIFIED\/Released/)
})

function clean(text: string, profile: Profile): Normalized {
  return normalize(pagesOf(text), {profile, disabled: []})
}

function pagesOf(text: string): readonly PageText[] {
  return text.split('\f').map(
    (page, index): PageText => ({
      pageId: `case/${index + 1}`,
      text: page,
      words: [],
      width: 0,
      height: 0,
      regions: [],
    }),
  )
}

/** What a person checks: which rule did what to which text, and why. */
function outline({edits}: Normalized) {
  return edits.map(({ruleId, action, pageId, raw, replacement, evidence}) => ({
    ruleId,
    action,
    pageId,
    raw,
    replacement,
    evidence,
  }))
}
