import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {z} from 'zod'
import type {Config} from '../config.ts'
import {cleaningOf, normalize, plainPages} from '../index.ts'
import {type PageText, UserError} from '../model.ts'
import {patchOf} from '../review/patch.ts'
import {exitCodes} from './exit-codes.ts'
import {readInput} from './read-input.ts'

const caseSchema = z.object({
  point: z.string(),
  profile: z.enum(['letter', 'diplomatic', 'frus', 'thatcher', 'raw']).optional(),
})

/** What `review` writes of a page: only what the normalizer looks at is looked at here. */
const pagesSchema = z.array(
  z.looseObject({pageId: z.string(), text: z.string(), words: z.array(z.unknown()), regions: z.array(z.unknown())}),
)

/**
 * Clean the input of a case and hold the text against what is expected, by the settings but the profile, which the case names.
 *
 * @throws UserError
 *   Where the folder is no case.
 */
export function checkCase(folder: string, config: Config, write: (text: string) => void): number {
  const read = (name: string) => new TextDecoder().decode(readInput(join(folder, name)))
  const parse = <T>(name: string, schema: z.ZodType<T>): T => {
    try {
      return schema.parse(JSON.parse(read(name)))
    } catch (error) {
      if (error instanceof UserError) throw error
      throw new UserError(`Cannot read \`${join(folder, name)}\`, expected a case that review wrote, write it again`)
    }
  }
  const {point, profile = config.profile} = parse('case.json', caseSchema)
  const pages = existsSync(join(folder, 'pages.json'))
    ? (parse('pages.json', pagesSchema) as unknown as readonly PageText[])
    : plainPages(read('input.txt'), 'case')
  const {clean} = normalize(pages, cleaningOf({...config, profile}))
  const patch = patchOf(`${folder}/expected.txt`, read('expected.txt'), clean)
  write(patch === '' ? `As expected: ${point}\n` : `Not as expected: ${point}\n${patch}`)
  return patch === '' ? exitCodes.fine : exitCodes.failed
}
