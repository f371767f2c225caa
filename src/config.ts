/** Settings: command-line flags over `scanproof.config.json` over defaults, merged once. */
import {existsSync, readFileSync} from 'node:fs'
import {availableParallelism} from 'node:os'
import {join, resolve} from 'node:path'
import process from 'node:process'
import {z} from 'zod'
import {UserError} from './model.ts'

export const configFileName = 'scanproof.config.json'

const equality = z.enum(['strict', 'reading', 'caseless'])
const engine = z.enum(['tesseract.js', 'tesseract-cli'])

const wordings = z.array(z.string().min(1))
/** A rule of the corpus's own; docs/rules.md says what each key does. */
const ownRule = z.strictObject({
  id: z.string(),
  family: z.string().min(1),
  summary: z.string().optional(),
  words: wordings.optional(),
  phrases: wordings.optional(),
  stamps: wordings.optional(),
  numbers: z.array(z.strictObject({name: z.string(), pattern: z.string().min(1)})).optional(),
  examples: z.array(z.strictObject({name: z.string(), before: z.string(), after: z.string()})),
})

/** What the settings file may hold; every key is optional. Unknown keys are errors. */
const fileSchema = z.strictObject({
  equality: equality.optional(),
  equivalences: z.record(z.string().min(1), z.string()).optional(),
  profile: z.enum(['letter', 'diplomatic', 'frus', 'thatcher', 'raw']).optional(),
  disabledRules: z.array(z.string()).optional(),
  families: z.record(z.string(), z.enum(['strip', 'note', 'keep'])).optional(),
  rules: z.array(ownRule).optional(),
  words: wordings.optional(),
  engine: engine.optional(),
  lang: z.string().min(1).optional(),
  tessdata: z.string().min(1).optional(),
  symbols: z.boolean().optional(),
  jobs: z.int().min(1).max(256).optional(),
  pageTimeout: z.number().positive().optional(),
  maxCharacterErrorRate: z.number().min(0).optional(),
  maxCorpusCharacterErrorRate: z.number().min(0).optional(),
  maxCharacterErrorRateRise: z.number().min(0).optional(),
})

/** What a corpus says itself about its cleanup. */
export interface Cleanup {
  /** Families of markings that are treated otherwise than the profile says. */
  readonly families: Readonly<Record<string, 'strip' | 'note' | 'keep'>>
  /** Rules of its own. */
  readonly rules: readonly Readonly<z.infer<typeof ownRule>>[]
  /** Words and names its letters use, in any case: they are no damaged stamps, and line ends cut them. */
  readonly words: readonly string[]
}

/** All settings of one run; frozen, passed explicitly, and written into the report where it can change a number. */
export interface Config {
  /** Folder that holds scans/ and transcripts/; absolute. */
  readonly root: string
  /** Folder that recognitions/ and reports/ are written to; absolute. */
  readonly out: string
  /** Which spellings count as equal; see docs/metrics.md. */
  readonly equality: 'strict' | 'reading' | 'caseless'
  /** Own spellings that count as another, from spelling to spelling, on both sides; see docs/metrics.md. */
  readonly equivalences: Readonly<Record<string, string>>
  /** What counts as the letter; see docs/rules.md. */
  readonly profile: 'letter' | 'diplomatic' | 'frus' | 'thatcher' | 'raw'
  /** Ids of normalizer rules that are not run. */
  readonly disabledRules: readonly string[]
  readonly cleanup: Cleanup
  /** What reads pages: tesseract.js, which comes with the program, or the `tesseract` on the PATH. */
  readonly engine: 'tesseract.js' | 'tesseract-cli'
  /** Names of models, as in `eng` or `eng+rus`. */
  readonly lang: string
  /** Folder of `<lang>.traineddata`, absolute; null for the engine's own. */
  readonly tessdata: string | null
  /** Read for every letter its place and what else it could be. */
  readonly symbols: boolean
  /** Folder or file of what other programs read, absolute; null for those in recognitions/ alone. */
  readonly readings: string | null
  /** Pages read at the same time. */
  readonly jobs: number
  /** Seconds after which reading a page is given up. */
  readonly pageTimeout: number
  /** Highest clean CER of a document and of the corpus that passes, as a fraction; null for no limit. */
  readonly maxCharacterErrorRate: number | null
  /** Highest clean CER of the corpus that passes, as a fraction; null for that of a document. */
  readonly maxCorpusCharacterErrorRate: number | null
  /** How much the clean CER of a document and of the corpus may rise above the ledger's, as a fraction; null for no limit. */
  readonly maxCharacterErrorRateRise: number | null
}

/** Flags that stand for a setting. */
export interface ConfigFlags {
  readonly root?: string | undefined
  readonly out?: string | undefined
  readonly jobs?: string | undefined
  readonly config?: string | undefined
  readonly equality?: string | undefined
  readonly engine?: string | undefined
  readonly lang?: string | undefined
  readonly tessdata?: string | undefined
  readonly readings?: string | undefined
}

/**
 * Merge flags, settings file and defaults.
 *
 * @throws UserError
 *   Where the folder or a named file is absent, or a value is not what it may be; all problems at once.
 */
export function readConfig(flags: ConfigFlags): Config {
  const root = resolve(flags.root ?? '.')
  if (!existsSync(root)) {
    throw new UserError(`Unexpected folder \`${root}\`, expected one that exists, check --root`)
  }
  const file = flags.config === undefined ? join(root, configFileName) : resolve(flags.config)
  if (flags.config !== undefined && !existsSync(file)) {
    throw new UserError(`Cannot read \`${flags.config}\`: no such file, check --config`)
  }
  const settings = existsSync(file) ? parseSettings(readFileSync(file, 'utf8'), flags.config ?? configFileName) : {}
  return Object.freeze({
    root,
    out: resolve(flags.out ?? root),
    equality: flags.equality === undefined ? (settings.equality ?? 'reading') : parseEquality(flags.equality),
    equivalences: settings.equivalences ?? {},
    profile: settings.profile ?? 'letter',
    disabledRules: settings.disabledRules ?? [],
    cleanup: {families: settings.families ?? {}, rules: settings.rules ?? [], words: settings.words ?? []},
    engine: flags.engine === undefined ? (settings.engine ?? 'tesseract.js') : parseEngine(flags.engine),
    lang: flags.lang ?? settings.lang ?? 'eng',
    tessdata: tessdataOf(flags.tessdata, settings.tessdata, root),
    symbols: settings.symbols ?? false,
    readings: flags.readings === undefined ? null : resolve(flags.readings),
    jobs: flags.jobs === undefined ? (settings.jobs ?? availableParallelism()) : parseJobs(flags.jobs),
    pageTimeout: settings.pageTimeout ?? 180,
    maxCharacterErrorRate: settings.maxCharacterErrorRate ?? null,
    maxCorpusCharacterErrorRate: settings.maxCorpusCharacterErrorRate ?? null,
    maxCharacterErrorRateRise: settings.maxCharacterErrorRateRise ?? null,
  })
}

/** What the terminal and its environment ask for; the only place that reads the environment. */
export interface Environment {
  readonly color: boolean
  /** Columns of the terminal; 100 where there is none. */
  readonly width: number
  /** True where progress may redraw its line. */
  readonly interactive: boolean
  /** True where a person sits at a screen on which a browser can open. */
  readonly screen: boolean
  /** True where no person is there to decide: nothing is accepted, and nothing written that was not asked for. */
  readonly ci: boolean
  /** True where a runner of GitHub Actions reads the output. */
  readonly github: boolean
  /** File that the job summary is appended to; null where there is none. */
  readonly githubSummary: string | null
}

export function readEnvironment(): Environment {
  const {env, stdout, stderr, platform} = process
  return {
    color: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
    width: stdout.columns ?? 100,
    interactive: stderr.isTTY === true && !env.CI && env.TERM !== 'dumb',
    screen:
      stdout.isTTY === true &&
      !isSet(env.CI) &&
      !env.SSH_CONNECTION &&
      (['darwin', 'win32'].includes(platform) || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)),
    ci: isSet(env.CI),
    github: isSet(env.GITHUB_ACTIONS),
    githubSummary: env.GITHUB_STEP_SUMMARY || null,
  }
}

/** Where the queue lies, as the environment says: flags come before. */
export interface QueueEnvironment {
  /** Address of the database, with its password: an argument could be seen by every user of the machine. */
  readonly database: string | null
  readonly store: string | null
  /** Null where there are no keys. */
  readonly s3: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken: string | null
    readonly region: string
    readonly endpoint: string | null
  } | null
}

export function readQueueEnvironment(): QueueEnvironment {
  const {env} = process
  const {AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = ''} = env
  return {
    database: env.SCANPROOF_DATABASE || null,
    store: env.SCANPROOF_STORE || null,
    s3:
      accessKeyId === '' || secretAccessKey === ''
        ? null
        : {
            accessKeyId,
            secretAccessKey,
            sessionToken: env.AWS_SESSION_TOKEN || null,
            region: env.AWS_REGION || env.AWS_DEFAULT_REGION || 'us-east-1',
            endpoint: env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL || null,
          },
  }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false'].includes(value.toLowerCase())
}

function parseSettings(text: string, name: string): z.infer<typeof fileSchema> {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new UserError(`Cannot read \`${name}\`: ${error instanceof Error ? error.message : error}, expected JSON`)
  }
  const result = fileSchema.safeParse(value)
  if (result.success) return result.data
  const problems = result.error.issues.map(issue => `  ${describe(issue)}`)
  throw new UserError(`Cannot read \`${name}\`:\n${problems.join('\n')}`)
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(fileSchema.shape)
      .map(key => `\`${key}\``)
      .join(', ')
    return `unexpected key ${issue.keys.map(key => `\`${key}\``).join(', ')}, expected one of ${known}`
  }
  return `\`${issue.path.join('.') || '.'}\`: ${issue.message}`
}

function parseEquality(value: string): Config['equality'] {
  const result = equality.safeParse(value)
  if (result.success) return result.data
  throw new UserError(`Unexpected --equality \`${value}\`, expected one of ${equality.options.join(', ')}`)
}

function parseEngine(value: string): Config['engine'] {
  const result = engine.safeParse(value)
  if (result.success) return result.data
  throw new UserError(`Unexpected --engine \`${value}\`, expected one of ${engine.options.join(', ')}`)
}

/** A folder that a flag names is seen from here, one of the settings from the corpus. */
function tessdataOf(flag: string | undefined, setting: string | undefined, root: string): string | null {
  if (flag !== undefined) return resolve(flag)
  return setting === undefined ? null : resolve(root, setting)
}

function parseJobs(value: string): number {
  const jobs = Number(value)
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 256) {
    throw new UserError(`Unexpected --jobs \`${value}\`, expected a whole number from 1 to 256`)
  }
  return jobs
}
