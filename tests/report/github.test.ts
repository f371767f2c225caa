import {describe, expect, test} from 'vitest'
import {defuseCommands, renderGithub, withoutCommands} from '../../src/report/github.ts'
import {base, checkOf, evil, failing, hostile, judgement, manyFailing, passed} from './checks.ts'

describe('renderGithub', () => {
  test('an annotation for each judgement, with place, both sides and the command that mends it', () => {
    const [first, ...rest] = runnerOf(renderGithub(failing, base))
    expect(first).toEqual({
      name: 'error',
      properties: {
        file: 'transcripts/letter.md',
        line: '12',
        col: '5',
        endColumn: '10',
        title: 'scanproof gate:new-difference',
      },
      data: [
        'Unexpected `modem` in the transcript, expected `modern`, as the scan was read',
        'transcript: in the modem world of',
        'scan:       in the modern world of',
        'page: letter/1',
        'Mend the transcript if it is wrong, or accept the difference: scanproof accept letter#1:0123456789abcdef --reason "..."',
      ].join('\n'),
    })
    expect(rest.map(({name}) => name)).toEqual(['error', 'error', 'notice'])
  })

  test('a place over several lines has no end: the runner would drop the columns', () => {
    const notice = runnerOf(renderGithub(failing, base)).at(-1)
    expect(notice?.properties).toEqual({
      file: 'transcripts/letter.md',
      line: '20',
      col: '3',
      title: 'scanproof gate:gone-difference',
    })
  })

  test('what must be banked is an error', () => {
    const strict = checkOf({status: 'failed', judgements: [judgement({outcome: 'improvement'})], gate: {strict: true}})
    expect(runnerOf(renderGithub(strict, base)).map(({name}) => name)).toEqual(['error'])
  })

  test('nothing to say, nothing said', () => {
    expect(renderGithub(passed, base)).toBe('')
  })

  test.each([
    [10, 10, undefined],
    [11, 10, 'and 2 more: see the job summary, or run scanproof check'],
    [10_000, 10, 'and 9,991 more: see the job summary, or run scanproof check'],
  ])('%d judgements: no more than ten of a level', (pages, expected, last) => {
    const commands = runnerOf(renderGithub(manyFailing(pages), base))
    expect(commands).toHaveLength(expected)
    if (last !== undefined) expect(commands.at(-1)?.data).toBe(last)
    expect(commands[0]?.data).toContain('box-0/0')
  })

  test('messages stay below what the runner cuts', () => {
    const long = checkOf({status: 'failed', judgements: [judgement({reason: 'x'.repeat(10_000)})]})
    expect(runnerOf(renderGithub(long, base))[0]?.data.length).toBeLessThan(4096)
  })

  test('hostile text makes no command, no property and no line', () => {
    const commands = runnerOf(renderGithub(hostile, base))
    expect(commands.map(({name}) => name)).toEqual(['error', 'error'])
    expect(commands[0]?.properties.line).toBe('12')
    expect(Object.keys(commands[0]?.properties ?? {})).toEqual(['file', 'line', 'col', 'endColumn', 'title'])
    expect(commands[0]?.data).toContain('EVIL')
  })
})

describe('withoutCommands', () => {
  test('a runner sees no command in what is wrapped', () => {
    expect(runnerOf(evil).map(({name}) => name)).toContain('add-mask')
    const commands = runnerOf(`${withoutCommands(evil)}::notice::after\n`)
    expect(commands.map(({name}) => name)).toEqual(['stop-commands', 'notice'])
  })
  test('the text cannot hold the token that ends it', () => {
    const token = /^::stop-commands::(\w+)\n/.exec(withoutCommands('text'))?.[1]
    const second = withoutCommands(`text\n::${token}::\n::error::x`)
    expect(runnerOf(second).map(({name}) => name)).toEqual(['stop-commands'])
  })
})

test('defuseCommands leaves no command', () => {
  expect(runnerOf(defuseCommands(evil))).toEqual([])
  expect(defuseCommands('Cannot read `a:b`, see std::string')).toBe('Cannot read `a:b`, see std::string')
})

interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

const registered = new Set(
  'error warning notice debug group endgroup add-mask stop-commands set-output save-state add-path set-env echo add-matcher remove-matcher'.split(
    ' ',
  ),
)

/** Reads output as the runner does: `::` at a line's start after blanks, and the older `##[` anywhere in a line. */
function runnerOf(output: string): readonly Command[] {
  const commands: Command[] = []
  let resume: string | null = null
  for (const line of output.split(/\r\n|\n|\r/)) {
    const modern = /^\s*::([^ :]+)(?: (.*?))?::(.*)$/.exec(line)
    if (resume !== null) {
      if (modern?.[1] === resume) resume = null
      continue
    }
    const old = /##\[([^ \]]+)[^\]]*\](.*)/.exec(line)
    const [name, properties = '', data = ''] =
      modern?.[1] !== undefined && registered.has(modern[1]) ? modern.slice(1) : [old?.[1], '', old?.[2]]
    if (name === undefined || !registered.has(name)) continue
    if (name === 'stop-commands') resume = data
    commands.push({
      name,
      properties: Object.fromEntries(
        properties
          .split(',')
          .filter(pair => pair !== '')
          .map(pair => [
            pair.slice(0, pair.indexOf('=')).trim(),
            decode(
              pair
                .slice(pair.indexOf('=') + 1)
                .replaceAll('%3A', ':')
                .replaceAll('%2C', ','),
            ),
          ]),
      ),
      data: decode(data),
    })
  }
  return commands
}

function decode(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}
