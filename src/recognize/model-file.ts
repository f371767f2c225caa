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
    const fault = faultOf(data)
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
 * characters, 22 its recoder.
 */
function faultOf(data: Uint8Array): string | null {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  if (data.length < 4) return 'it is empty'
  const count = view.getInt32(0, true)
  if (count < 18 || count > 128 || data.length < 4 + 8 * count) return 'it has no table of contents'
  const offsets = Array.from({length: count}, (_, index) => Number(view.getBigInt64(4 + 8 * index, true)))
  if (offsets.some(offset => offset >= data.length)) return 'it is cut short'
  if (offsets.some(offset => offset < -1)) return 'its table of contents is damaged'
  return offsets[17] === -1 ? 'it holds no LSTM network' : null
}
