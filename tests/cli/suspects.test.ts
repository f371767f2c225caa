import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {folder, pageImage, scanproof} from './command.ts'

const lines = [
  'Dear Mr. President:',
  '',
  'The Government did not receive the answer of',
  'the Chancellor. The negotiations should be',
  'continued in the summer.',
]
const transcript = `${lines.join('\n')}\n`
const corpus = async (text: string) =>
  folder({'scans/letter/1.png': await pageImage(lines), 'transcripts/letter.md': text})
/** Suspects as text on standard output, and in all other formats in files; gives these too. */
const suspects = async (root: string, ...args: readonly string[]) => {
  const file = (name: string) => join(root, `suspects.${name}`)
  const others = ['json', 'sarif', 'github'].flatMap(name => ['--format', `${name}:${file(name)}`])
  const ended = await scanproof(['suspects', '--root', root, '--format', 'text', ...others, ...args], '', {CI: ''})
  const read = (name: string) => readFileSync(file(name), 'utf8')
  return {...ended, json: JSON.parse(read('json')), sarif: JSON.parse(read('sarif')), github: read('github')}
}

test('a typing error is named with its place, its reasons and a picture, and fails where no suspect may be', async () => {
  // What comes before the error would clear a terminal, turn its text round, and speak to a runner.
  const attack = 'The\u001b[2J\u202e negotations\n::error::owned\nshould be'
  const root = await corpus(transcript.replace('The negotiations should be', attack))
  const {status, stdout, json, sarif, github} = await suspects(root, '--fail-on-suspects', '0')
  expect(status).toBe(1)
  expect(stdout).toContain('transcripts/letter.md:4:')
  expect(stdout).toContain('a second look reads `negotiations` in every way')
  const suspect = json.find(({reference}: {reference: string}) => reference.includes('negotations'))
  expect(suspect).toMatchObject({document: 'letter', isShared: false})
  expect(readdirSync(join(root, 'reports/suspects'))).toHaveLength(json.length)
  const [result] = sarif.runs[0].results
  expect([result.level, result.locations[0].physicalLocation.region.startLine]).toEqual(['error', 4])
  for (const text of [stdout, github]) {
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
    expect(text).not.toMatch(/^::error::owned/m)
  }

  expect((await suspects(root, '--fail-on-suspects', String(json.length))).status).toBe(0)
  writeFileSync(join(root, 'scans/letter/2.png'), 'no picture')
  expect((await suspects(root, '--fail-on-suspects', '0')).status).toBe(3)
  const wrong = await scanproof(['suspects', '--root', root, '--fail-on-suspects', 'few'])
  expect([wrong.status, wrong.stdout]).toEqual([2, ''])
  expect(wrong.stderr).toContain('expected a whole number from 0')
})

test('an error that transcript and OCR share is named where every look reads another known word', async () => {
  const wrong = (text: string) => text.replace('Government', 'Governrnent').replace('receive', 'recieve')
  const root = await corpus(wrong(transcript))
  await scanproof(['run', '--root', root])
  // From here on the reading has the transcript's errors, as where the transcript was made from it.
  const reading = join(root, 'recognitions/letter/1.json')
  writeFileSync(reading, wrong(readFileSync(reading, 'utf8')))
  writeFileSync(join(root, 'reports/report.json'), '')

  const run = await scanproof(['run', '--root', root])
  expect(run.stdout).toContain('2 places where the transcript is probably wrong')
  const [{differences, doubts}] = JSON.parse(readFileSync(join(root, 'reports/report.json'), 'utf8')).documents
  expect(differences).toEqual([])
  expect(doubts).toMatchObject([
    {text: 'Governrnent', reading: 'Government', before: 'Mr. President: The', transcript: {line: 3, column: 5}},
    {text: 'recieve', reading: 'receive', scan: {page: 'letter/1'}},
  ])
  const {status, stdout, json, sarif, github} = await suspects(root, '--fail-on-suspects', '1')
  expect(status).toBe(1)
  expect(stdout).toMatch(/second look +.*The Government did/)
  expect(json).toMatchObject([
    {isShared: true, evidence: expect.arrayContaining(['a second look reads `Government` in every way'])},
    {isShared: true},
  ])
  expect(sarif.runs[0].results).toHaveLength(2)
  expect(github).toContain('line=3')

  const [, told = ''] = /scanproof accept (\S+ --verdict \w+) --reason/.exec(JSON.stringify(sarif)) ?? []
  const why = ['--reason', 'so on the scan', '--author', 'A. Curator']
  const accepted = await scanproof(['accept', '--root', root, ...told.split(' '), ...why], '', {CI: ''})
  expect(accepted).toMatchObject({status: 0, stdout: 'Accepted 1 new, dropped 0 gone, 1 in all: ledger/letter.json\n'})
  expect((await suspects(root)).json).toMatchObject([{reference: 'recieve'}])
  const [next] = /Look at .*/.exec((await scanproof(['run', '--root', root])).stdout) ?? []
  expect(next).toContain('1 place where the transcript is probably wrong')
})
