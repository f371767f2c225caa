/** Running text for assembled pages. */
import {readFileSync} from 'node:fs'

const letters = ['letter-with-secret-banners', 'letter-with-stamp-in-a-sentence']

/** The paragraphs of the two letters of the sample as lines of a typescript, some 60 letters each. */
export function letterProse(): readonly string[] {
  return letters
    .flatMap(name => readFileSync(new URL(`../tests/cases/${name}/expected.txt`, import.meta.url), 'utf8').split('\n'))
    .filter(line => line.length > 120)
    .join(' ')
    .replace(/(.{55,66}) /g, '$1\n')
    .split('\n')
}
