// @ts-check
// Which differences are stepped through, in which order, and how many of them are decided.

/** @type {{state: string, suspect: string, kind: string, text: string, series: SeriesData | null}} */
const filters = {state: '', suspect: '', kind: '', text: '', series: null}
let isSuspectFirst = false
/** @type {Entry[] | null} */
let ordered = null

const suspectOrder = ['transcript', 'unsure', 'editorial', 'ocr']

/** All differences in the order in which they are stepped through. */
function sequence() {
  if (!isSuspectFirst) return entries
  ordered ??= [...entries].sort((one, other) => suspectOrder.indexOf(one.suspect) - suspectOrder.indexOf(other.suspect))
  return ordered
}

/** @param {Entry} entry */
function passes(entry) {
  const {state, suspect, kind, text, series} = filters
  if (kind !== '' && (entry.isAgreed ? 'agreed' : entry.kind) !== kind) return false
  if (suspect !== '' && entry.suspect !== suspect) return false
  if (series !== null && !entry.series.includes(series)) return false
  if (text !== '' && !entry.text.includes(text)) return false
  if (state === '') return true
  const verdict = decisionOf(entry)?.verdict
  return state === 'undecided' ? verdict === undefined : state === 'decided' ? verdict !== undefined : verdict === state
}

function refilter() {
  const value = /** @param {string} id */ id => byId(HTMLSelectElement, id).value
  filters.state = value('filter-state')
  filters.suspect = value('filter-suspect')
  filters.kind = value('filter-kind')
  filters.text = byId(HTMLInputElement, 'search').value.trim().toLowerCase()
  isSuspectFirst = value('filter-order') === 'suspect'
  byId(HTMLElement, 'series-filter').hidden = filters.series === null
  byId(HTMLElement, 'series-name').textContent = filters.series === null ? '' : seriesName(filters.series)
  for (const page of pages) {
    if (laterOf(page) === null) page.entries.forEach(markEntry)
  }
  showProgress()
  const left = entries.filter(passes).length
  say(`${left} of ${entries.length} differences are listed`)
  byId(HTMLElement, 'listed').textContent = left === entries.length ? '' : `${left} listed`
}

/** Filters by a series, or by none. @param {SeriesData | null} series */
function filterSeries(series) {
  filters.series = series
  refilter()
}

/** Says how many are decided: of the document that is shown, or of all; and of each in the tables. */
function showProgress() {
  const list = shown?.entries ?? entries
  const count = list.filter(entry => decisionOf(entry) !== undefined).length
  const meter = byId(HTMLProgressElement, 'progress')
  meter.max = Math.max(1, list.length)
  meter.value = count
  byId(HTMLElement, 'progress-text').textContent = `${count} of ${list.length} decided`
  // Tables out of sight are filled in when they are shown: to count all of a large corpus for each key takes too long.
  const tables = shown === null ? '#corpus, #pages' : `#${CSS.escape(shown.anchor)} > header`
  for (const cell of all(document, `:is(${tables}) [data-progress]`)) {
    const anchor = cell.getAttribute('data-progress') ?? ''
    const owner = pageAt.get(anchor) ?? documents.find(document => document.anchor === anchor)
    if (owner === undefined || !(cell instanceof HTMLElement)) continue
    const its = owner.entries.filter(entry => decisionOf(entry) !== undefined).length
    const text = owner.entries.length === 0 ? '–' : `${its} of ${owner.entries.length}`
    if (cell.textContent === text) continue
    cell.textContent = text
    cell.dataset.sort = String(owner.entries.length - its)
  }
  byId(HTMLElement, 'decision-count').textContent = String(decisions.size)
}

function wireFilters() {
  for (const id of ['filter-state', 'filter-suspect', 'filter-kind', 'filter-order']) {
    byId(HTMLSelectElement, id).addEventListener('change', refilter)
  }
  const search = byId(HTMLInputElement, 'search')
  search.addEventListener('input', refilter)
  search.addEventListener('keydown', event => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    search.blur()
    const first = sequence().find(passes)
    if (first !== undefined) select(first)
  })
  byId(HTMLElement, 'clear-series').addEventListener('click', () => filterSeries(null))
}
