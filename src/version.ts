import {createHash} from 'node:crypto'
import {readdirSync, readFileSync} from 'node:fs'
import {sep} from 'node:path'
import {fileURLToPath} from 'node:url'
import {z} from 'zod'

/** The version in package.json, which lies beside dist/ and src/. */
export const version: string = z
  .object({version: z.string()})
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))).version

/**
 * Hash the code of parts of this program, as 16 hex digits: what a result is remembered under, so that a changed rule
 * shows as a changed rule although the version is the same. The code as written and as compiled hash differently.
 *
 * @param folders
 *   Of `src/` or `dist/`, as in `normalize`; `.` for all.
 */
export function codeHash(...folders: readonly string[]): string {
  const hash = createHash('sha256')
  for (const folder of folders) {
    const files = readdirSync(new URL(folder, import.meta.url), {recursive: true, encoding: 'utf8'})
      .filter(name => /(?<!\.d)\.(?:[jt]s|css)$/.test(name))
      .map(name => name.split(sep).join('/'))
      .sort()
    for (const name of files) {
      const code = readFileSync(fileURLToPath(new URL(`${folder}/${name}`, import.meta.url)))
      hash.update(`${folder}/${name}\0${code.length}\0`).update(code)
    }
  }
  return hash.digest('hex').slice(0, 16)
}
