// @ts-check
// What the report says of its differences, as data: what is listed, filtered and decided need not be drawn.

/**
 * @typedef {object} PageData
 * @property {string} anchor
 * @property {string | null} id Null for what is on no page.
 * @property {string} name
 * @property {DocumentData} document
 * @property {Entry[]} entries
 * @property {string[]} edits Ids of what cleanup changed and of words to look at, as they are in the page.
 */

/**
 * @typedef {object} DocumentData
 * @property {string} anchor
 * @property {string} id
 * @property {string} title
 * @property {PageData[]} pages
 * @property {Entry[]} entries
 */

/**
 * A difference.
 * @typedef {object} Entry
 * @property {string} anchor
 * @property {string} id
 * @property {'substitution' | 'insertion' | 'deletion'} kind
 * @property {boolean} isAgreed Whether both sides have it, and a second look reads otherwise.
 * @property {string} reference
 * @property {string} hypothesis
 * @property {string} before
 * @property {string} after
 * @property {'transcript' | 'ocr' | 'editorial' | 'unsure'} suspect
 * @property {number | null} confidence
 * @property {PageData} page
 * @property {string} text What a search looks through, in lower case.
 * @property {SeriesData[]} series
 */

/**
 * The same read for the same: `m` read as `rn`.
 * @typedef {object} SeriesData
 * @property {string} reference
 * @property {string} hypothesis
 * @property {Entry[]} entries
 */

/** @type {DocumentData[]} */
const documents = []
/** @type {Entry[]} */
const entries = []
/** @type {PageData[]} */
const pages = []
/** @type {Map<string, Entry>} */
const entryAt = new Map()
/** By document and id, those it had before too. @type {Map<string, Entry>} */
const entryOf = new Map()
/** @type {Map<string, PageData>} */
const pageAt = new Map()
/** @type {Map<string, PageData>} */
const pageOfEdit = new Map()
/** By what was read for what. @type {Map<string, SeriesData>} */
const seriesOf = new Map()

/** What was read for what, as the cells of the confusion matrix number it. @type {[string, string][]} */
const confusions = []

/** Token of the run where the page is served by `scanproof review`; null where it was opened as a file. */
const token = document.querySelector('meta[name="scanproof-token"]')?.getAttribute('content') ?? null

/** Reads the data that stands in the page. */
function readData() {
  const block = byId(HTMLScriptElement, 'data')
  const read = JSON.parse(block.textContent ?? '')
  // In a large report it takes megabytes, and it is not needed any more.
  block.remove()
  confusions.push(...read.confusions)
  for (const {anchor, id, title, pages: itsPages, series} of read.documents) {
    /** @type {DocumentData} */
    const own = {anchor, id, title, pages: [], entries: []}
    documents.push(own)
    for (const {differences, ...rest} of itsPages) {
      /** @type {PageData} */
      const page = {...rest, document: own, entries: []}
      own.pages.push(page)
      pages.push(page)
      pageAt.set(page.anchor, page)
      for (const edit of page.edits) pageOfEdit.set(edit, page)
      for (const difference of differences) {
        const {before, reference, hypothesis, after} = difference
        /** @type {Entry} */
        const entry = {
          ...difference,
          page,
          text: `${before} ${reference} ${hypothesis} ${after}`.toLowerCase(),
          series: [],
        }
        page.entries.push(entry)
        own.entries.push(entry)
        entries.push(entry)
        entryAt.set(entry.anchor, entry)
        entryOf.set(keyOf(own.id, entry.id), entry)
      }
    }
    for (const {reference, hypothesis, differences} of series) join(reference, hypothesis, own.id, differences)
  }
}

/**
 * Adds a document's share to a series.
 * @param {string} reference
 * @param {string} hypothesis
 * @param {string} id
 * @param {string[]} differences
 */
function join(reference, hypothesis, id, differences) {
  const key = keyOf(reference, hypothesis)
  const found = seriesOf.get(key) ?? {reference, hypothesis, entries: []}
  seriesOf.set(key, found)
  for (const difference of differences) {
    const entry = entryOf.get(keyOf(id, difference))
    if (entry === undefined) continue
    found.entries.push(entry)
    entry.series.push(found)
  }
}

/**
 * @param {string} documentId
 * @param {string} id
 */
function keyOf(documentId, id) {
  return `${documentId}\0${id}`
}

/**
 * Keeps a value from opening to opening, where the browser allows it.
 * @param {string} name
 * @param {string} value
 * @returns Whether it is kept.
 */
function remember(name, value) {
  try {
    localStorage.setItem(`scanproof-${name}`, value)
    return true
  } catch {
    return false
  }
}

/** @param {string} name */
function remembered(name) {
  try {
    return localStorage.getItem(`scanproof-${name}`)
  } catch {
    return null
  }
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 */
function all(root, selector) {
  return [...root.querySelectorAll(selector)]
}

/**
 * @template {HTMLElement} T
 * @param {new () => T} type
 * @param {string} id
 * @returns {T}
 */
function byId(type, id) {
  const element = document.getElementById(id)
  if (!(element instanceof type)) throw new Error(`Unexpected lack of #${id} in the report`)
  return element
}

/**
 * Makes an element; text goes in as text.
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  element.append(...children)
  return element
}

/**
 * Writes what would act instead of being seen by its name, as in `‹U+202E›`: the same as the report does.
 * @param {string} text
 */
function visible(text) {
  return text.replace(
    /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Surrogate}/gu,
    character => `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`,
  )
}

/** @param {string} text */
function say(text) {
  byId(HTMLElement, 'announcement').textContent = text
}
