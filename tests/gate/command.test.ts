import {execFileSync} from 'node:child_process'
import {expect, test} from 'vitest'
import {acceptCommand, quoted, selectionText} from '../../src/gate/command.ts'

test.each([
  [{document: 'letter'}, 'letter'],
  [{document: 'letter', page: 'letter/2'}, 'letter#2'],
  [{document: 'letter', page: 'letter/2', difference: '0123456789abcdef'}, 'letter#2:0123456789abcdef'],
  [{document: 'box #3', page: 'box #3/a b'}, 'box #3#a b'],
])('selectionText %#', (selection, expected) => {
  expect(selectionText(selection)).toBe(expected)
})

test('everything is --all', () => {
  expect(acceptCommand({document: null})).toBe('scanproof accept --all --reason "..."')
})

test
  .skipIf(process.platform === 'win32')
  .each([
    'letter#2',
    "it's",
    'a b',
    '$(touch pwned)',
    '`id`',
    '"quoted"',
    '-rf',
    '#comment',
    'письма/1',
    '!history',
    '~',
    '\\',
  ])('a shell reads %j as one word', text => {
  const out = execFileSync('sh', ['-c', `printf '%s\\n' ${quoted(text)}`], {encoding: 'utf8'})
  expect(out).toBe(`${text}\n`)
})
