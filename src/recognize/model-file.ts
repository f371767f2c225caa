import {createHash} from 'node:crypto'
import {readFile} from 'node:fs/promises'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {UserError} from '../model.ts'

/** A tesseract model, unpacked and looked at. */
export interface ModelFile {
  /** As in `eng`. */
  readonly language: string
  /** Where it was read from. */
  readonly file: string
  readonly data: Uint8Array
  /** Of the unpacked file, lower-case hex. */
  readonly sha256: string
}

/** The one model that comes with the program: `4.0.0_best_int` of `@tesseract.js-data/eng`. */
const packaged = 'eng'

/**
 * Read the models of a language choice as in `eng` or `eng+rus`.
 *
 * A damaged model makes the engine die or hang, so each is unpacked and its
 * table of contents checked here.
 *
 * @param folder
 *   Holds `<language>.traineddata` or `<language>.traineddata.gz`; null for the packaged model.
 * @throws UserError
 *   Where a model is missing, cut short or no model for this engine.
 */
export async function readModels(languages: string, folder: string | null): Promise<readonly ModelFile[]> {
  const names = languages.split('+')
  if (!names.every(name => /^[A-Za-z][A-Za-z0-9_-]*$/.test(name))) {
    throw new UserError(`Unexpected language \`${languages}\`, expected names joined by \`+\`, as in \`eng+rus\``)
  }
  return Promise.all(names.map(name => readModel(name, folder)))
}

async function readModel(language: string, folder: string | null): Promise<ModelFile> {
  if (folder === null && language !== packaged) {
    throw new UserError(
      `Unexpected language \`${language}\`, expected \`${packaged}\`, give the folder of \`${language}.traineddata\` with \`--tessdata\``,
    )
  }
  const places =
    folder === null
      ? [join(packagedFolder(), `${language}.traineddata.gz`)]
      : [join(folder, `${language}.traineddata`), join(folder, `${language}.traineddata.gz`)]
  for (const place of places) {
    const bytes = await readFile(place).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
      throw new UserError(`Cannot read the model \`${place}\`: \`${error.code}\`, make it readable`)
    })
    if (bytes === null) continue
    const data = unpack(bytes, place)
    const fault = faultOf(data, language)
    if (fault !== null) {
      throw new UserError(
        `Unexpected content of the model \`${place}\`: ${fault}, expected an LSTM model, get it again`,
      )
    }
    return {language, file: place, data, sha256: createHash('sha256').update(data).digest('hex')}
  }
  throw new UserError(
    folder === null
      ? `Missing model \`${places[0]}\`, expected the one of the package \`@tesseract.js-data/eng\`, install the packages again`
      : `Missing model for \`${language}\`, expected \`${places[0]}\` or the same with \`.gz\`, put it there or choose another folder`,
  )
}

function packagedFolder(): string {
  const entry = createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json')
  return join(dirname(entry), '4.0.0_best_int')
}

function unpack(bytes: Uint8Array, place: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes)
  } catch {
    throw new UserError(`Unexpected end or damage of the model \`${place}\`, expected a whole gzip file, get it again`)
  }
}

/**
 * Look through a model's table of contents.
 *
 * Source: tesseract `tessdatamanager.cpp`: a 32-bit count, then a 64-bit offset
 * for each entry, -1 where there is none; entry 17 is the LSTM network, 21 its
 * characters, 22 its recoder, 23 a version.
 */
function faultOf(data: Uint8Array, language: string): string | null {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  if (data.length < 4) return 'it is empty'
  const count = view.getInt32(0, true)
  if (count < 18 || count > 128 || data.length < 4 + 8 * count) return 'it has no table of contents'
  const offsets = Array.from({length: count}, (_, index) => Number(view.getBigInt64(4 + 8 * index, true)))
  if (offsets.some(offset => offset >= data.length)) return 'it is cut short'
  if (offsets.some(offset => offset < -1)) return 'its table of contents is damaged'
  if (offsets[17] === -1) return 'it holds no LSTM network'
  const version = offsets[23] ?? -1
  const own = version === -1 ? null : languageOf(data.subarray(version))
  const isOther = own !== null && published.test(language) && !language.startsWith(own)
  return isOther ? `it is of language \`${own}\`` : null
}

/** Names of published models, as in `eng` or `chi_sim`; one that was trained further may bear any other. */
const published = /^[a-z]{3}(_|$)/

/** The language in a version such as `4.00.00alpha:eng:synth20170629`, which all published models have; else null. */
function languageOf(version: Uint8Array): string | null {
  return /^[^:]+:([a-z]{3}):synth/.exec(new TextDecoder().decode(version.subarray(0, 100)))?.[1] ?? null
}
