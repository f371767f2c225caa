// @ts-check
// A series: the same read for the same in many places. It is seen whole, then decided at once.

/** @type {SeriesData | null} */
let openedSeries = null

/** Places of a series that are listed; the rest is counted. */
const mostPlaces = 500

/** @param {SeriesData} series */
function seriesName({reference, hypothesis}) {
  const side = /** @param {string} text */ text => (text === '' ? 'nothing' : visible(text.replace(/\s/g, '␣')))
  return `${side(reference)} read as ${side(hypothesis)}`
}

/**
 * The series of a difference that has the most places.
 * @param {Entry} entry
 */
function longestSeries(entry) {
  return [...entry.series].sort((one, other) => other.entries.length - one.entries.length)[0]
}

function openCurrentSeries() {
  const series = current === null ? undefined : longestSeries(current)
  if (series === undefined) return say('No series: choose a difference in which a letter was read for another')
  openSeries(series)
}

/** @param {SeriesData} series */
function openSeries(series) {
  openedSeries = series
  byId(HTMLElement, 'series-heading').textContent = `${seriesName(series)}: ${series.entries.length} places`
  const listed = series.entries.slice(0, mostPlaces)
  const more = series.entries.length - listed.length
  byId(HTMLElement, 'series-more').textContent = more === 0 ? '' : `and ${more} more, which are decided apart`
  byId(HTMLElement, 'series-list').replaceChildren(...listed.map(seriesItem))
  byId(HTMLElement, 'series-preview').replaceChildren()
  countSeries()
  byId(HTMLDialogElement, 'series').showModal()
}

/** @param {Entry} entry */
function seriesItem(entry) {
  const {before, reference, hypothesis, after, anchor, page} = entry
  const decision = decisionOf(entry)
  const box = make('input', {type: 'checkbox', value: anchor})
  if (box instanceof HTMLInputElement) box.checked = decision === undefined
  const context = make('span', {class: 'context', dir: 'auto'})
  context.append(
    make('span', {class: 'around'}, visible(before)),
    ...sidesOf(reference, hypothesis),
    make('span', {class: 'around'}, visible(after)),
  )
  const place = make('a', {href: `#${anchor}`}, make('bdi', {}, `${page.document.title}, ${page.name}`))
  const facts = make('span', {class: 'facts'}, place)
  if (decision !== undefined) facts.append(make('strong', {}, `✓ ${verdictNames[decision.verdict]}`))
  const label = make('label', {}, box, ...cropsOf(entry), context)
  return make('li', {'data-anchor': anchor}, label, facts)
}

/**
 * @param {string} reference
 * @param {string} hypothesis
 */
function sidesOf(reference, hypothesis) {
  const side = /** @param {string} text */ text =>
    visible(text.trim() === '' ? text.replace(/\s/g, '␣') : text.trim().replace(/\s*\n\s*/g, '↵'))
  const del = make('del', {}, make('span', {class: 'hidden'}, 'transcript: '), side(reference))
  const ins = make('ins', {}, make('span', {class: 'hidden'}, ' read: '), side(hypothesis))
  return [...(reference === '' ? [] : [del]), ...(hypothesis === '' ? [] : [ins])]
}

/**
 * Copies the crop of a difference, if its page is drawn; drawing all pages of a long series would take too long.
 * @param {Entry} entry
 */
function cropsOf(entry) {
  const crop = document.getElementById(entry.anchor)?.querySelector('.crop')
  return crop ? [crop.cloneNode(true)] : []
}

/** What is ticked. */
function chosenOfSeries() {
  const boxes = all(byId(HTMLElement, 'series-list'), 'input:checked')
  return boxes.flatMap(box => (box instanceof HTMLInputElement ? (entryAt.get(box.value) ?? []) : []))
}

function countSeries() {
  const count = chosenOfSeries().length
  byId(HTMLElement, 'series-count').textContent = `${count} chosen`
  for (const button of all(byId(HTMLElement, 'series-verdicts'), 'button')) {
    if (button instanceof HTMLButtonElement) button.disabled = count === 0
  }
}

/**
 * Shows what a verdict on all that is chosen would do; nothing is decided before that was seen.
 * @param {VerdictName} verdict
 */
async function previewSeries(verdict) {
  const made = chosenOfSeries().map(entry => decisionFor(entry, verdict, {}))
  const changes = made.map(({reference, hypothesis}) =>
    verdict === 'transcript'
      ? make('li', {}, ...sidesOf(reference, hypothesis))
      : make('li', {}, spoken(reference), ' stays'),
  )
  const list = make('ol', {}, ...changes.slice(0, 50))
  const confirm = make('button', {type: 'button', class: 'strong'}, `Decide ${made.length}: ${verdictNames[verdict]}`)
  const place = byId(HTMLElement, 'series-preview')
  place.replaceChildren(
    make(
      'h3',
      {},
      verdict === 'transcript' ? 'Would be changed in the transcript' : 'Nothing would change in the transcript',
    ),
  )
  if (token === null) place.append(list)
  else place.append(await livePreview(made))
  if (token === null && changes.length > 50) place.append(`and ${changes.length - 50} more`)
  place.append(make('p', {}, confirm))
  confirm.addEventListener('click', () => {
    decide(made)
    byId(HTMLDialogElement, 'series').close()
    say(`${made.length} decided: ${verdictNames[verdict]}`)
    if (current !== null) advance()
  })
  if (confirm instanceof HTMLElement) confirm.focus()
  confirm.scrollIntoView({block: 'nearest'})
}

/** @param {Decision[]} made */
async function livePreview(made) {
  try {
    const outcomes = await preview(made)
    const refused = outcomes.filter(({status}) => status === 'refused')
    const diff = outcomes
      .map(outcome => outcome.diff)
      .filter(text => text !== '')
      .join('\n')
    const told = make('div', {})
    if (diff !== '') told.append(make('pre', {tabindex: '0', class: 'patch'}, visible(diff)))
    for (const {reason} of refused.slice(0, 20))
      told.append(make('p', {class: 'refused'}, `Would be refused: ${visible(reason ?? '')}`))
    if (refused.length > 20)
      told.append(make('p', {class: 'refused'}, `and ${refused.length - 20} more would be refused`))
    return told
  } catch (error) {
    return make('p', {class: 'refused'}, visible(messageOf(error)))
  }
}

function wireSeries() {
  byId(HTMLElement, 'series-list').addEventListener('change', () => {
    byId(HTMLElement, 'series-preview').replaceChildren()
    countSeries()
  })
  byId(HTMLElement, 'series-list').addEventListener('click', event => {
    if (event.target instanceof Element && event.target.closest('a') !== null) byId(HTMLDialogElement, 'series').close()
  })
  for (const button of all(byId(HTMLElement, 'series-verdicts'), 'button')) {
    const verdict = Object.values(verdictOfKey).find(name => name === button.getAttribute('data-verdict'))
    if (verdict !== undefined) button.addEventListener('click', () => previewSeries(verdict))
  }
  byId(HTMLElement, 'series-only').addEventListener('click', () => {
    filterSeries(openedSeries)
    byId(HTMLDialogElement, 'series').close()
    const first = sequence().find(passes)
    if (first !== undefined) select(first)
  })
  byId(HTMLElement, 'open-series').addEventListener('click', openCurrentSeries)
  // A cell of the confusion matrix opens its places.
  document.addEventListener('click', event => {
    const cell = event.target instanceof Element ? event.target.closest('[data-series]') : null
    const [reference = '', hypothesis = ''] = confusions[Number(cell?.getAttribute('data-series'))] ?? []
    const series = cell === null ? undefined : seriesOf.get(keyOf(reference, hypothesis))
    if (series === undefined) return
    event.preventDefault()
    openSeries(series)
  })
}
