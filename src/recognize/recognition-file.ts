import type {Box, Recognition, RecognizedLine, RecognizedSymbol, RecognizedWord} from '../model.ts'

/**
 * Write a reading as JSON: a fixed order of keys, one row for each line, region and finding.
 *
 * A box is `[x, y, width, height]`, a word `[text, x, y, width, height, confidence]`
 * with its symbols behind, where it has any: less than half of what the same would
 * take with every key written out.
 */
export function serialize(recognition: Recognition): string {
  const {schemaVersion, pageId, fingerprint, engine, width, height, confidence, lines, regions, findings} = recognition
  const parameters = Object.fromEntries(
    Object.entries(engine.parameters).sort(([left], [right]) => (left < right ? -1 : 1)),
  )
  const fields: [string, string][] = [
    ['schemaVersion', JSON.stringify(schemaVersion)],
    ['pageId', JSON.stringify(pageId)],
    ['fingerprint', JSON.stringify(fingerprint)],
    [
      'engine',
      JSON.stringify({
        name: engine.name,
        version: engine.version,
        model: engine.model,
        modelSha256: engine.modelSha256,
        parameters,
      }),
    ],
    ['width', JSON.stringify(width)],
    ['height', JSON.stringify(height)],
    ['confidence', JSON.stringify(confidence)],
    ['lines', rows(lines.map(lineRow))],
    ['regions', rows(regions.map(({kind, box, score, text}) => ({kind, box: boxRow(box), score, text})))],
    [
      'findings',
      rows(
        findings.map(({ruleId, severity, reason, file, page, point}) => ({
          ruleId,
          severity,
          reason,
          file,
          page,
          point,
        })),
      ),
    ],
  ]
  return `{\n${fields.map(([name, value]) => `"${name}":${value}`).join(',\n')}\n}\n`
}

/**
 * Undo what `serialize` does to boxes and words, in what JSON gives.
 *
 * Nothing is checked: what is damaged stays so. What is written with its keys is left as it is.
 */
export function expand(value: unknown): unknown {
  if (!isRecord(value)) return value
  const {lines, regions} = value
  return {
    ...value,
    ...(Array.isArray(lines) && {lines: lines.map(expandLine)}),
    ...(Array.isArray(regions) && {
      regions: regions.map(region => (isRecord(region) ? {...region, box: expandBox(region.box)} : region)),
    }),
  }
}

type Fields = Readonly<Record<string, unknown>>

function lineRow({box, angle, baseline, paragraphStart, words}: RecognizedLine) {
  const {x1 = 0, y1 = 0, x2 = 0, y2 = 0} = baseline ?? {}
  return {
    box: boxRow(box),
    angle,
    ...(baseline && {baseline: [x1, y1, x2, y2]}),
    paragraphStart,
    words: words.map(wordRow),
  }
}

function wordRow({text, box, confidence, symbols}: RecognizedWord) {
  const row = [text, ...boxRow(box), confidence]
  return symbols ? [...row, symbols.map(symbolRow)] : row
}

function symbolRow({text, box, confidence, choices}: RecognizedSymbol) {
  return [text, ...boxRow(box), confidence, choices.map(choice => [choice.text, choice.confidence])]
}

function boxRow({x, y, width, height}: Box): number[] {
  return [x, y, width, height]
}

function expandLine(line: unknown): unknown {
  if (!isRecord(line)) return line
  const {box, baseline, words} = line
  return {
    ...line,
    box: expandBox(box),
    ...(Array.isArray(baseline) && {baseline: {x1: baseline[0], y1: baseline[1], x2: baseline[2], y2: baseline[3]}}),
    ...(Array.isArray(words) && {words: words.map(expandWord)}),
  }
}

function expandWord(word: unknown): unknown {
  if (!Array.isArray(word)) return word
  const [text, x, y, width, height, confidence, symbols] = word
  const read = {text, box: {x, y, width, height}, confidence}
  if (symbols === undefined) return read
  return {...read, symbols: Array.isArray(symbols) ? symbols.map(expandSymbol) : symbols}
}

function expandSymbol(symbol: unknown): unknown {
  if (!Array.isArray(symbol)) return symbol
  const [text, x, y, width, height, confidence, choices] = symbol
  return {
    text,
    box: {x, y, width, height},
    confidence,
    choices: Array.isArray(choices)
      ? choices.map(choice => (Array.isArray(choice) ? {text: choice[0], confidence: choice[1]} : choice))
      : choices,
  }
}

function expandBox(box: unknown): unknown {
  return Array.isArray(box) ? {x: box[0], y: box[1], width: box[2], height: box[3]} : box
}

function rows(values: readonly unknown[]): string {
  return values.length === 0 ? '[]' : `[\n${values.map(value => JSON.stringify(value)).join(',\n')}\n]`
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
