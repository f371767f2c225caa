// @ts-check
// What was decided of each difference, and the way back. Live, the server writes each decision; else they are kept in
// this browser and go out as a file.

/** @typedef {'transcript' | 'ocr' | 'both' | 'illegible' | 'editorial' | 'unsure'} VerdictName */

/**
 * @typedef {object} Decision
 * @property {string} id
 * @property {string} document
 * @property {string | null} page
 * @property {string} reference
 * @property {string} hypothesis
 * @property {string} before
 * @property {string} after
 * @property {string} kind
 * @property {VerdictName} verdict
 * @property {string | null} reading What stands there truly, where both are wrong.
 * @property {string[]} tags
 * @property {string} note
 * @property {string} author
 * @property {string} date
 */

/** One step of undo. @typedef {{key: string, before: Decision | null, after: Decision | null}[]} Step */

/** A verdict is named by the side found wrong, as in the ledger; a person is told which is right. @type {Readonly<Record<VerdictName, string>>} */
const verdictNames = {
  transcript: 'OCR right',
  ocr: 'transcript right',
  both: 'both wrong',
  illegible: 'illegible',
  editorial: 'meant to differ',
  unsure: 'unsure',
}

/** By the key of their difference. @type {Map<string, Decision>} */
const decisions = new Map()
/** @type {Step[]} */
const done = []
/** @type {Step[]} */
const undone = []
let isKept = true

/** @param {Entry} entry */
function decisionOf(entry) {
  return decisions.get(entry.anchor)
}

/**
 * The key of a decision: the difference it is about, whatever its id is by now; one that is gone keeps its own.
 * @param {Pick<Decision, 'document' | 'id'>} decision
 */
function keyOfDecision(decision) {
  const key = keyOf(decision.document, decision.id)
  return entryOf.get(key)?.anchor ?? key
}

/**
 * Makes the decision that a verdict on a difference is.
 * @param {Entry} entry
 * @param {VerdictName} verdict
 * @param {{reading?: string | null, tags?: string[], note?: string}} more
 * @returns {Decision}
 */
function decisionFor(entry, verdict, {reading = null, tags = [], note = ''}) {
  const {id, page, reference, hypothesis, before, after, kind} = entry
  const author = byId(HTMLInputElement, 'author').value.trim() || 'anonymous'
  const date = new Date().toISOString().slice(0, 10)
  const place = {document: page.document.id, page: page.id}
  return {id, ...place, reference, hypothesis, before, after, kind, verdict, reading, tags, note, author, date}
}

/**
 * Takes decisions as one step, which one undo takes back.
 * @param {Decision[]} made
 */
function decide(made) {
  /** @type {Step} */
  const step = made.map(decision => {
    const key = keyOfDecision(decision)
    return {key, before: decisions.get(key) ?? null, after: decision}
  })
  done.push(step)
  undone.length = 0
  take(step, 'after')
  if (token !== null) sendDecisions(made, step)
}

/** Takes back the last step; gives the difference that it was about. */
function undo() {
  const step = done.pop()
  if (token !== null && step === undefined) return sendStep('undo')
  if (step === undefined) return say('Nothing to take back')
  undone.push(step)
  take(step, 'before')
  if (token !== null) sendStep('undo')
  showStep(step, 'Taken back')
}

function redo() {
  const step = undone.pop()
  if (token !== null && step === undefined) return sendStep('redo')
  if (step === undefined) return say('Nothing to do again')
  done.push(step)
  take(step, 'after')
  if (token !== null) sendStep('redo')
  showStep(step, 'Done again')
}

/**
 * @param {Step} step
 * @param {string} what
 */
function showStep(step, what) {
  const [first] = step
  const entry = first === undefined ? undefined : entryAt.get(first.key)
  if (entry !== undefined) select(entry)
  say(
    `${what}: ${step.length === 1 && entry !== undefined ? spoken(entry.reference || entry.hypothesis) : `${step.length} decisions`}`,
  )
}

/**
 * @param {Step} step
 * @param {'before' | 'after'} side
 */
function take(step, side) {
  for (const change of step) {
    const decision = change[side]
    if (decision === null) decisions.delete(change.key)
    else decisions.set(change.key, decision)
  }
  settle(step.map(({key}) => key))
}

/**
 * Keeps and shows what changed.
 * @param {string[]} keys
 */
function settle(keys) {
  for (const key of keys) {
    const entry = entryAt.get(key)
    if (entry !== undefined) markEntry(entry)
  }
  if (token === null) {
    const touched = keys.map(key => entryAt.get(key)?.page.document.id ?? key.slice(0, key.indexOf('\0')))
    for (const id of new Set(touched)) keep(id)
  }
  if (current !== null && keys.includes(current.anchor)) showDeciding(current)
  showProgress()
}

/**
 * Keeps the decisions of one document: by its name, so that they are still there when the report was made again.
 * @param {string} id
 */
function keep(id) {
  const own = [...decisions.values()].filter(decision => decision.document === id)
  const isStored = remember(`decisions:${id}`, JSON.stringify(own))
  if (isKept && !isStored) {
    byId(HTMLElement, 'unkept').hidden = false
    say('This browser keeps no decisions of this file: save them before you close it')
  }
  isKept = isStored
}

/** Reads what was decided before; live, the server knows. */
function readKept() {
  byId(HTMLInputElement, 'author').value = remembered('author') ?? ''
  if (token !== null) return
  for (const {id} of documents) {
    const text = remembered(`decisions:${id}`)
    if (text === null) continue
    try {
      for (const decision of parseDecisions(JSON.parse(text))) decisions.set(keyOfDecision(decision), decision)
    } catch {
      // What another program left here is not ours.
    }
  }
}

/**
 * Checks that something is a list of decisions.
 * @param {unknown} value
 * @returns {Decision[]}
 */
function parseDecisions(value) {
  if (!Array.isArray(value)) throw new Error('expected a list of decisions')
  return value.map((item, index) => {
    const isText = /** @param {string} name */ name => typeof item?.[name] === 'string'
    const texts = [
      'id',
      'document',
      'reference',
      'hypothesis',
      'before',
      'after',
      'kind',
      'verdict',
      'note',
      'author',
      'date',
    ]
    const wrong = texts.find(name => !isText(name))
    if (wrong !== undefined) throw new Error(`expected text in \`${wrong}\` of decision ${index + 1}`)
    if (!Object.hasOwn(verdictNames, item.verdict)) throw new Error(`unknown verdict in decision ${index + 1}`)
    if (item.reading !== null && !isText('reading'))
      throw new Error(`expected text in \`reading\` of decision ${index + 1}`)
    if (!Array.isArray(item.tags)) throw new Error(`expected a list in \`tags\` of decision ${index + 1}`)
    return item
  })
}
