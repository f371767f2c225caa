/**
 * Times the aligner against others in one run: `npm run bench:align [-- SIZE…]`.
 *
 * Text and damage are seeded (see generate.ts). Ours is timed from text to counts: tokens of both sides, alignment with
 * operations, counts. fastest-levenshtein gives the distance alone; jsdiff and rapidfuzz (where python3 has it) give operations.
 */
import {spawnSync} from 'node:child_process'
import {cpus} from 'node:os'
import process from 'node:process'
import {diffChars} from 'diff'
import {distance as fastestLevenshtein} from 'fastest-levenshtein'
import {align} from '../src/align/align.ts'
import {tokenize} from '../src/align/tokenize.ts'
import {count, errorRate} from '../src/measure/counts.ts'
import {flexibleCharacterAccuracy} from '../src/measure/flexible.ts'
import type {Unit} from '../src/model.ts'
import {damage, writeText} from './generate.ts'

const [first, ...others] = process.argv.slice(2)
if (first === '--memory') {
  measure(...texts(Number(others[0]), Number(others[1])), 'character')
  console.log(process.resourceUsage().maxRSS / 1024)
  process.exit()
}
const sizes = first === undefined ? [3000, 100_000, 1_000_000, 10_000_000] : [first, ...others].map(Number)

function texts(size: number, rate: number): [string, string] {
  const reference = writeText(size, 1)
  return [reference, damage(reference, rate, 2)]
}

/** Most memory of a process of its own that measures once, in MB; its loader and texts included. */
function memory(size: number, rate: number): number {
  const args = [...process.execArgv, process.argv[1]!, '--memory', String(size), String(rate)]
  return Number(spawnSync(process.execPath, args, {encoding: 'utf8'}).stdout)
}

/** Least of several runs, in milliseconds of the clock: what the machine's other work adds is never negative. */
function time(runs: number, work: () => void): number {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    work()
    least = Math.min(least, performance.now() - start)
  }
  return least
}

function measure(reference: string, hypothesis: string, unit: Unit): {rate: number | null; exact: boolean} {
  const alignment = align(tokenize(reference, unit, 'reading'), tokenize(hypothesis, unit, 'reading'))
  return {rate: errorRate(count(alignment)), exact: alignment.exact}
}

/** Milliseconds of rapidfuzz's distance and operations on the same texts; null where it is not installed. */
function rapidfuzz(reference: string, hypothesis: string): number | null {
  const script = `
import sys, json, time
from rapidfuzz.distance import Levenshtein
a, b = json.load(sys.stdin)
t = time.perf_counter(); Levenshtein.distance(a, b); Levenshtein.editops(a, b)
print((time.perf_counter() - t) * 1000)`
  const {status, stdout} = spawnSync('python3', ['-c', script], {
    input: JSON.stringify([reference, hypothesis]),
    encoding: 'utf8',
    maxBuffer: 2 ** 20,
  })
  return status === 0 ? Number(stdout) : null
}

function row(cells: readonly (string | number | null)[]): void {
  const shown = cells.map(cell => (typeof cell === 'number' ? cell.toFixed(cell < 10 ? 2 : 0) : (cell ?? '–')))
  console.log(`| ${shown.join(' | ')} |`)
}

console.log(
  `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, milliseconds, least of several runs\n`,
)
row(['characters', 'errors', 'CER', 'proven', 'WER', 'proven', 'fastest-levenshtein', 'jsdiff', 'rapidfuzz', 'MB'])
row(Array(10).fill('---'))
for (const size of sizes) {
  const runs = size <= 10_000 ? 50 : size <= 200_000 ? 7 : size <= 2_000_000 ? 3 : 1
  for (const rate of [0.05, 0.2]) {
    const [reference, hypothesis] = texts(size, rate)
    const proven = (unit: Unit): string => (measure(reference, hypothesis, unit).exact ? 'yes' : 'no')
    row([
      String(size),
      `${rate * 100} %`,
      time(runs, () => measure(reference, hypothesis, 'character')),
      proven('character'),
      time(runs, () => measure(reference, hypothesis, 'word')),
      proven('word'),
      // The others are quadratic in size or errors: past these they take minutes.
      size <= 100_000 ? time(size <= 10_000 ? 5 : 1, () => fastestLevenshtein(reference, hypothesis)) : null,
      size * rate <= 5000 ? time(size <= 10_000 ? 5 : 1, () => diffChars(reference, hypothesis)) : null,
      size <= 100_000 ? rapidfuzz(reference, hypothesis) : null,
      memory(size, rate),
    ])
  }
}

console.log('\nFlexible Character Accuracy of a page of 3,000 characters\n')
row(['errors', 'milliseconds'])
row(['---', '---'])
for (const rate of [0.02, 0.05, 0.2]) {
  const lines = (text: string): string[][] => text.split('\n').map(line => [...line])
  const reference = writeText(3000, 3)
  const [truth, read] = [lines(reference), lines(damage(reference, rate, 4))]
  row([`${rate * 100} %`, time(5, () => flexibleCharacterAccuracy(truth, read))])
}
