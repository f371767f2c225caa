import {describe, expect, test} from 'vitest'
import {parse as parseYaml} from 'yaml'
import {renderTap} from '../../src/report/tap.ts'
import {base, failing, hostile, manyFailing, passed} from './checks.ts'

describe('renderTap', () => {
  test('a test point for each page, and for what belongs to none', () => {
    expect(read(renderTap(failing, base)).map(({ok, name}) => [ok, name])).toEqual([
      [false, 'letter/1'],
      [true, 'letter/2'],
      [true, 'memo/1'],
      [false, 'letter'],
      [false, 'memo/2'],
    ])
  })
  test('what failed follows as YAML, with the command that mends it', () => {
    expect(read(renderTap(failing, base))[0]?.diagnostics).toEqual({
      judgements: 1,
      worst: [
        {
          at: 'transcripts/letter.md:12:5',
          rule: 'gate:new-difference',
          message: 'Unexpected `modem` in the transcript, expected `modern`, as the scan was read',
          mend: 'Mend the transcript if it is wrong, or accept the difference: scanproof accept letter#1:0123456789abcdef --reason "..."',
        },
      ],
    })
  })
  test('a passed check', () => {
    expect(renderTap(passed, base)).toBe('TAP version 14\n1..3\nok 1 - letter/1\nok 2 - letter/2\nok 3 - memo/1\n')
  })
  test('hostile text makes no test point, directive or bail-out', () => {
    const points = read(renderTap(hostile, base))
    expect(points).toHaveLength(5)
    expect(points.filter(({name}) => name.includes('EVIL')).every(({ok}) => !ok)).toBe(true)
    expect(JSON.stringify(points[3]?.diagnostics)).toContain('EVIL')
  })
  test('10,000 failing pages', () => {
    expect(read(renderTap(manyFailing(10_000), base)).filter(({ok}) => !ok)).toHaveLength(10_000)
  })
})

/** Reads TAP 14: version, plan, test points in order, each with a YAML block or none; nothing else is let through. */
function read(text: string) {
  const [version, plan, ...lines] = text.split('\n')
  expect(version).toBe('TAP version 14')
  expect(lines.pop()).toBe('')
  const points: {ok: boolean; name: string; diagnostics: unknown}[] = []
  let block: string[] | null = null
  for (const line of lines) {
    if (block !== null) {
      if (line === '  ...') {
        points.at(-1)!.diagnostics = parseYaml(block.join('\n'))
        block = null
      } else block.push(line)
      continue
    }
    if (line === '  ---') {
      block = []
      continue
    }
    const point = /^(not )?ok (\d+) - ((?:\\.|[^\\#])*)$/.exec(line)
    expect(point, line).not.toBeNull()
    expect(Number(point![2])).toBe(points.length + 1)
    points.push({ok: point![1] === undefined, name: point![3]!.replace(/\\(.)/g, '$1'), diagnostics: null})
  }
  expect(block).toBeNull()
  expect(plan).toBe(`1..${points.length}`)
  return points
}
