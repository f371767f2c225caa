import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {folder, inside, pageImage, scanproof} from './command.ts'

describe('compare', () => {
  test('counts characters and words, and places each difference in both files', async () => {
    const root = folder({
      'letter.md': '---\ntitle: Letter\n---\n\nThe *Secretary* of\nState will travel.\n',
      'ocr.txt': 'The Secrctary of State\nwill travel.\n',
    })
    const {status, stdout} = await inside('compare', join(root, 'letter.md'), join(root, 'ocr.txt'), '--json')
    expect(status).toBe(0)
    const comparison = JSON.parse(stdout)
    expect(comparison.character).toMatchObject({
      correct: 34,
      substitutions: 1,
      insertions: 0,
      deletions: 0,
      reference: 35,
    })
    expect(comparison.word).toMatchObject({correct: 5, substitutions: 1, reference: 6})
    expect(comparison.differences).toHaveLength(1)
    expect(comparison.differences[0]).toMatchObject({
      reference: 'Secretary',
      hypothesis: 'Secrctary',
      referencePoint: {line: 5, column: 6},
      hypothesisPoint: {line: 1, column: 5},
    })
  })
  test('prints a table, and control characters of the texts are shown, not obeyed', async () => {
    const root = folder({'a.txt': 'one two', 'b.txt': 'one \u001B[31mtwo'})
    const {stdout} = await inside('compare', join(root, 'a.txt'), join(root, 'b.txt'))
    expect(stdout).toContain('1 difference')
    expect(stdout).not.toContain('\u001B')
  })
  test('an undefined rate is null in JSON, and said in words', async () => {
    const root = folder({'empty.txt': '', 'b.txt': 'text'})
    const files = [join(root, 'empty.txt'), join(root, 'b.txt')]
    expect(JSON.parse((await inside('compare', ...files, '--json')).stdout).character.errorRate).toBeNull()
    expect((await inside('compare', ...files)).stdout).toContain('No rate:')
  })
  test('every other number has the name that docs/metrics.md gives it', async () => {
    const root = folder({
      'letter.md': 'On 24 March 1985 the Secretary of State met Mr. Gromyko.\n\nThey “spoke” of 12 missiles.\n',
      'ocr.txt':
        'SECRET NOFORN EYES ONLY\nOn 24 March 1986 the Secretary of State met Mr. Gromyko.\n\nThey "spoke" of 12 missiles.\n',
    })
    const {stdout} = await inside('compare', join(root, 'letter.md'), join(root, 'ocr.txt'), '--json')
    const {character, numbers} = JSON.parse(stdout)
    expect(numbers.characters.byReference.value).toBe(character.errorRate)
    expect(numbers.preserved.dates).toMatchObject({count: 1, preserved: 0})
    expect(numbers.preserved.numbers).toMatchObject({count: 1, preserved: 1})
    expect(numbers.preserved.lost).toEqual(['24 March 1985'])
    expect(numbers.blocks.extra.map((text: string) => text.trim())).toEqual(['SECRET NOFORN EYES ONLY'])
    expect(numbers.blocks.withoutBlocks).toMatchObject({substitutions: 1, insertions: 0, deletions: 0})
    expect(numbers.forgiven).toMatchObject({quotes: 2, dashes: 0})
    expect(numbers.anyOrder.lineAssignmentAccuracy.value).toBeGreaterThan(0.7)
    expect(numbers.confusions).toContainEqual({reference: '5', hypothesis: '6', times: 1, errors: 1})
    const names = readMetrics()
    const group = (value: object): string[] =>
      Object.entries(value).flatMap(([name, inner]) =>
        inner === null || typeof inner !== 'object' || Array.isArray(inner) || 'reason' in inner
          ? [name]
          : [name, ...group(inner)],
      )
    expect(group(numbers).filter(name => !names.includes(`\`${name}\``))).toEqual([])
  })
  test('text where the transcript does not tell costs nothing, and is told apart', async () => {
    const root = folder({
      'letter.md': 'Mr. [illegible] came to Geneva.\n',
      'ocr.txt': 'Mr. Karpov and others came to Geneva.\n',
    })
    const files = ['compare', join(root, 'letter.md'), join(root, 'ocr.txt')]
    const {character, word, numbers, differences} = JSON.parse((await inside(...files, '--json')).stdout)
    expect(character).toMatchObject({substitutions: 0, insertions: 0, deletions: 0, reference: 19})
    expect(word).toMatchObject({substitutions: 0, insertions: 0, deletions: 0, reference: 4})
    expect(numbers.gaps).toEqual([{mark: '[illegible]', hypothesis: 'Karpov and others'}])
    expect(differences).toEqual([])
  })
  test('own spellings and another equality come from the settings or the command line', async () => {
    const root = folder({
      'a.txt': 'Prime Minister Thatcher',
      'b.txt': 'prime minister Thatcher',
      'c.txt': 'PM Thatcher',
      'scanproof.config.json': '{"equivalences": {"PM": "Prime Minister"}}',
    })
    const errors = async (...args: string[]) => {
      const {character} = JSON.parse((await inside('compare', ...args, '--json')).stdout)
      return character.substitutions + character.insertions + character.deletions
    }
    const [a, b, c, config] = ['a.txt', 'b.txt', 'c.txt', 'scanproof.config.json'].map(name => join(root, name))
    expect(await errors(a!, b!)).toBe(2)
    expect(await errors(a!, b!, '--equality', 'caseless')).toBe(0)
    expect(await errors(a!, c!)).toBeGreaterThan(0)
    expect(await errors(a!, c!, '--config', config!)).toBe(0)
    const {status, stderr} = await inside('compare', a!, b!, '--equality', 'loose')
    expect(status).toBe(2)
    expect(stderr).toContain('expected one of strict, reading, caseless')
  })
  test('three files: what the new reading fixed and broke', async () => {
    const root = folder({
      'letter.md': 'The Secretary of State will travel to Geneva.\n',
      'old.txt': 'The Secrctary of State will travcl to Geneva.\n',
      'new.txt': 'The Secretary of Stale will travol to Geneva.\n',
    })
    const files = ['compare', ...['letter.md', 'old.txt', 'new.txt'].map(name => join(root, name))]
    const {places, oldCharacter, newCharacter, changes} = JSON.parse((await inside(...files, '--json')).stdout)
    expect(places).toEqual({fixed: 1, broken: 1, 'still-wrong': 0, 'newly-wrong': 1})
    expect([oldCharacter.substitutions, newCharacter.substitutions]).toEqual([2, 2])
    expect(changes.find(({state}: {state: string}) => state === 'broken')).toMatchObject({
      reference: 'State',
      old: 'State',
      new: 'Stale',
      point: {line: 1, column: 18},
    })
    const {stdout} = await inside(...files)
    expect(stdout).toContain('1 broken · 1 newly wrong · 1 fixed · 0 still wrong')
    expect(stdout).toContain('[travel: travcl → travol]')
  })
  test('folders: files are paired by name, sums and their spread are given, what is alone is exit code 3', async () => {
    const root = folder({
      'ref/one.md': 'The Secretary of State.\n',
      'ref/two.gt.txt': 'Sincerely yours.\n',
      'ref/three.md': 'Alone.\n',
      'hyp/one.txt': 'The Secrctary of State.\n',
      'hyp/two.txt': 'Sincerely yours.\n',
    })
    const {status, stdout} = await inside('compare', join(root, 'ref'), join(root, 'hyp'), '--json')
    expect(status).toBe(3)
    const {character, files, findings, numbers} = JSON.parse(stdout)
    expect(character).toMatchObject({correct: 38, substitutions: 1})
    expect(files).toHaveLength(2)
    expect(numbers.characters.errorRate.micro.value).toBeCloseTo(1 / 39)
    expect(numbers.characters.errorRate.macro.value).toBeCloseTo(1 / 23 / 2)
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ruleId: 'compare:no-partner', severity: 'error'})
    expect((await inside('compare', join(root, 'ref'), join(root, 'hyp'))).stdout).toContain('no-partner')
  })
  test.each(['dinglehopper', 'isri', 'jiwer', 'ocrd', 'ocrevaluation', 'transkribus'])(
    '--compat %s gives that tool’s numbers',
    async name => {
      const root = folder({'a.txt': 'Schlyñ lorem ipsum.', 'b.txt': 'Schlyñ lorom ipsum.'})
      const files = ['compare', join(root, 'a.txt'), join(root, 'b.txt'), '--compat', name]
      const numbers = JSON.parse((await inside(...files, '--json')).stdout)
      expect(numbers).toMatchObject(compat[name]!)
      expect((await inside(...files)).stdout).toContain(Object.keys(numbers)[0])
    },
  )
  test('an unknown --compat is refused with those there are', async () => {
    const {status, stderr} = await inside('compare', 'a.txt', 'b.txt', '--compat', 'wer')
    expect(status).toBe(2)
    expect(stderr).toContain('dinglehopper, isri, jiwer')
  })
  test.each([
    ['one file', ['a.txt'], 'expected REFERENCE and HYPOTHESIS'],
    ['a file that is not there', ['a.txt', 'absent.txt'], 'no such file'],
    ['a folder', ['a.txt', '.'], 'it is a folder'],
    ['bytes that are not UTF-8', ['a.txt', 'latin1.txt'], '`0xe9` at byte 3'],
    ['JSON that is no recognition', ['a.txt', 'other.json'], 'other.json'],
  ])('%s', async (_, names, expected) => {
    const root = folder({'a.txt': 'abc', 'latin1.txt': Buffer.from([97, 98, 99, 0xe9, 100]), 'other.json': '{"a": 1}'})
    const {status, stderr} = await inside('compare', ...names.map(name => join(root, name)))
    expect(status).toBe(2)
    expect(stderr).toContain(expected)
  })
})

/** For one wrong letter of nineteen, one word of three. */
const compat: Readonly<Record<string, object>> = {
  dinglehopper: {cer: {value: 1 / 19}, wer: {value: 1 / 3}, n_characters: 19, n_words: 3},
  isri: {accuracy: {characters: 19, errors: 1}, words: {words: 3, misrecognized: 1}},
  jiwer: {wer: 1 / 3, cer: 1 / 19, hits: 2, substitutions: 1},
  ocrd: {cer: {value: 1 / 19}, wer: {value: 1 / 3}},
  ocrevaluation: {cer: {value: 1 / 19}},
  transkribus: {COR: 3, SUB: 1, INS: 0, DEL: 0},
}

function readMetrics(): string {
  return readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8')
}

describe('clean', () => {
  const stamped = 'the direction the two of us\n\nDECLASSIFIED/Released\n\nNLS MR 2000-004 #5\n\nare talking about\n'
  test('takes markings out of standard input and makes the sentence whole', async () => {
    const {status, stdout} = await scanproof(['clean'], stamped)
    expect({status, stdout}).toEqual({status: 0, stdout: 'the direction the two of us are talking about\n'})
  })
  test('--json gives the text, what is left, and each edit with its reason', async () => {
    const file = join(folder({'letter.txt': stamped}), 'letter.txt')
    const {text, clean, edits} = JSON.parse((await inside('clean', file, '--json')).stdout)
    expect(text).toBe(stamped)
    expect(clean).toBe('the direction the two of us are talking about\n')
    expect(edits.every((edit: {evidence: string[]}) => edit.evidence.length > 0)).toBe(true)
  })
  test('--each-line answers every line, one JSON object a line', async () => {
    const {stdout} = await scanproof(['clean', '--each-line'], 'NLS MR 2000-004 #5\nDear Margaret:\n\nText\n')
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(answers.map(({text, clean}) => [text, clean])).toEqual([
      ['NLS MR 2000-004 #5', ''],
      ['Dear Margaret:', 'Dear Margaret:'],
      ['', ''],
      ['Text', 'Text'],
    ])
  })
  test('--explain says why a line was stripped or kept', async () => {
    const {stdout} = await scanproof(['clean', '--explain', '5'], stamped)
    expect(stdout).toContain('5: NLS MR 2000-004 #5\nstrip:')
    expect(stdout).toContain('strip-library-stamp')
    expect((await scanproof(['clean', '--explain', '1'], stamped)).stdout).toContain('keep:')
    const {status, stderr} = await scanproof(['clean', '--explain', '99'], stamped)
    expect(status).toBe(2)
    expect(stderr).toContain('expected a line of `standard input`')
  })
  test('a reader that stops early is no error', async () => {
    const {status} = await scanproof(['clean'], 'Dear Margaret:\n'.repeat(10))
    expect(status).toBe(0)
  })
})

describe('lint', () => {
  const letter = '---\ntitle: Letter\n---\n\nSECRET\n\nDear Ron,\n\nI look forward to the\nthe meeting.\n\nSECRET\n'
  test('all transcripts of a corpus, by line and column; nothing is edited', async () => {
    const root = folder({'transcripts/a.md': letter, 'transcripts/b.md': 'Dear Ron,\n\nThank you.\n'})
    const {status, stdout} = await inside('lint', '--root', root)
    expect(status).toBe(1)
    expect(stdout).toContain('transcripts/a.md\n  5:1-5:7  warning  Unexpected marking `SECRET`')
    expect(stdout).toContain('9:19-10:4')
    expect(stdout).toContain('2 transcripts: 3 warnings')
    expect(readFileSync(join(root, 'transcripts/a.md'), 'utf8')).toBe(letter)
  })
  test('a file that is fine, standard input, JSON, and a rule that is off', async () => {
    const root = folder({
      'fine.md': 'Dear Ron,\n\nThank you.\n',
      'scanproof.config.json': '{"disabledRules": ["no-marking"]}',
    })
    expect(await inside('lint', join(root, 'fine.md'))).toMatchObject({
      status: 0,
      stdout: '1 transcript: nothing found\n',
    })
    const {stdout, status} = await scanproof(['lint', '-', '--json', '--root', root], letter)
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject([
      {file: 'standard input', ruleId: 'no-doubled-word', point: {line: 9}, end: {line: 10}, expected: ['the']},
    ])
  })
  test('what cannot be read is said, and control characters are shown', async () => {
    const root = folder({'bad.md': Buffer.from([0x61, 0xe9, 0x62]), 'evil.md': 'the\u001b[31m the\u001b[31m end'})
    const {status, stdout} = await inside('lint', join(root, 'bad.md'), join(root, 'evil.md'))
    expect(status).toBe(1)
    expect(stdout).toContain('`0xe9` at byte 1')
    expect(stdout).not.toContain('\u001b')
    expect((await inside('lint', join(root, 'absent.md'))).status).toBe(2)
  })
})

describe('init', () => {
  test('sets up an empty folder and says what to do next', async () => {
    const root = folder()
    const {status, stdout} = await inside('init', '--root', root)
    expect(status).toBe(0)
    expect(existsSync(join(root, 'scans'))).toBe(true)
    expect(existsSync(join(root, 'transcripts'))).toBe(true)
    expect(stdout).toContain('scans/<document>/')
  })
  test('drafts what has no transcript, leaves what exists alone, and a draft is not green', async () => {
    const image = await pageImage(['Dear Margaret:', '', 'We shall meet in Geneva.'])
    const root = folder({'scans/new/1.png': image, 'scans/old/1.png': image, 'transcripts/old.md': 'Mine.\n'})
    const {status, stdout} = await inside('init', '--root', root)
    expect(status).toBe(0)
    expect(stdout).toContain('drafted transcripts/new.md')
    expect(readFileSync(join(root, 'transcripts/old.md'), 'utf8')).toBe('Mine.\n')
    const draft = readFileSync(join(root, 'transcripts/new.md'), 'utf8')
    expect(draft).toContain('draft: true')
    expect(draft).toContain('We shall meet in Geneva.')
    expect((await inside('run', 'new', '--root', root)).status).toBe(3)
    writeFileSync(join(root, 'transcripts/new.md'), draft.replace('draft: true\n', ''))
    expect((await inside('run', 'new', '--root', root)).status).toBe(0)
  })
})

describe('readings of other programs', () => {
  const hocr = `<!DOCTYPE html><html><body><div class="ocr_page" title="bbox 0 0 850 1100"><span class="ocr_line" title="bbox 0 0 200 20">
<span class="ocrx_word" title="bbox 0 0 90 20; x_wconf 91">Secrctary</span> <span class="ocrx_word" title="bbox 100 0 120 20; x_wconf 96">of</span>
<span class="ocrx_word" title="bbox 130 0 180 20; x_wconf 96">State</span></span></div></body></html>`
  const alto = `<?xml version="1.0"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page ID="p1" WIDTH="850" HEIGHT="1100"><PrintSpace>
<TextBlock ID="b1"><TextLine HPOS="0" VPOS="0" WIDTH="200" HEIGHT="20"><String CONTENT="Secrctary" HPOS="0" VPOS="0" WIDTH="90" HEIGHT="20"/><SP/>
<String CONTENT="of" HPOS="100" VPOS="0" WIDTH="20" HEIGHT="20"/><SP/><String CONTENT="State" HPOS="130" VPOS="0" WIDTH="50" HEIGHT="20"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>`
  test.each([
    ['ocr.hocr', hocr],
    ['ocr.xml', alto],
  ])('compare reads %s', async (name, content) => {
    const root = folder({'letter.md': 'Secretary of State\n', [name]: content})
    const {status, stdout, stderr} = await inside('compare', join(root, 'letter.md'), join(root, name), '--json')
    expect(status, stderr).toBe(0)
    expect(JSON.parse(stdout).character).toMatchObject({substitutions: 1, insertions: 0, deletions: 0, reference: 18})
  })
  test('clean reads hOCR', async () => {
    const file = join(folder({'ocr.hocr': hocr}), 'ocr.hocr')
    expect((await inside('clean', file)).stdout).toBe('Secrctary of State\n')
  })
  test('XML that names a file outside is refused', async () => {
    const evil = alto
      .replace('?>', '?><!DOCTYPE alto [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
      .replace('State', '&x;')
    const root = folder({'letter.md': 'Secretary of State\n', 'ocr.xml': evil})
    const {status, stdout, stderr} = await inside('compare', join(root, 'letter.md'), join(root, 'ocr.xml'))
    expect(status).toBe(2)
    expect(stderr).toContain('ocr.xml')
    expect(stdout).not.toContain('root:')
  })
})
