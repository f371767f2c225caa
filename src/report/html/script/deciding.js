// @ts-check
// The verdict on the current difference: one key decides and goes on to the next that is undecided.

/** @type {Readonly<Record<string, VerdictName>>} */
const verdictOfKey = {a: 'transcript', t: 'ocr', b: 'both', i: 'illegible', e: 'editorial', u: 'unsure'}

/** @param {Entry} entry */
function showDeciding(entry) {
  const decision = decisionOf(entry)
  for (const button of all(byId(HTMLElement, 'verdicts'), 'button')) {
    button.setAttribute('aria-pressed', String(button.getAttribute('data-verdict') === decision?.verdict))
  }
  byId(HTMLInputElement, 'note').value = decision?.note ?? ''
  byId(HTMLInputElement, 'tags').value = decision?.tags.join(', ') ?? ''
  byId(HTMLInputElement, 'reading').value = decision?.reading ?? ''
  byId(HTMLElement, 'reading-form').hidden = decision?.verdict !== 'both'
  const size = longestSeries(entry)?.entries.length ?? 0
  const series = byId(HTMLButtonElement, 'open-series')
  series.hidden = size < 2
  byId(HTMLElement, 'series-size').textContent = String(size)
  complain('')
}

/**
 * Decides the current difference and goes on; for `both` it asks for the reading first.
 * @param {VerdictName} verdict
 */
function decideCurrent(verdict) {
  if (current === null) return say('No difference is chosen: press j')
  if (verdict === 'both') return askReading(current)
  decide([decisionFor(current, verdict, typed())])
  advance()
}

/** What is typed beside the verdict. */
function typed() {
  const tags = byId(HTMLInputElement, 'tags')
    .value.split(',')
    .map(tag => tag.trim())
  return {note: byId(HTMLInputElement, 'note').value.trim(), tags: [...new Set(tags.filter(tag => tag !== ''))].sort()}
}

/** @param {Entry} entry */
function askReading(entry) {
  const input = byId(HTMLInputElement, 'reading')
  if (input.value === '') input.value = entry.reference.replace(/\s+/g, ' ').trim()
  byId(HTMLElement, 'reading-form').hidden = false
  input.focus()
  input.select()
}

/** Goes to the next undecided difference, from the end to the beginning; says so where there is none. */
function advance() {
  if (current === null) return
  const list = sequence()
  const at = list.indexOf(current)
  const open = [...list.slice(at + 1), ...list.slice(0, at)].find(
    entry => passes(entry) && decisionOf(entry) === undefined,
  )
  if (open !== undefined) return select(open)
  say('All that is listed is decided')
}

/** Note and tags of a decision that is made already change it. */
function amend() {
  const decision = current === null ? undefined : decisionOf(current)
  if (current === null || decision === undefined) return
  const more = {...typed(), reading: decision.reading}
  if (more.note === decision.note && more.tags.join() === [...decision.tags].sort().join()) return
  decide([decisionFor(current, decision.verdict, more)])
}

/**
 * Shows on the page what is decided of a difference, in words and signs, and hides what the filter leaves out.
 * @param {Entry} entry
 */
function markEntry(entry) {
  const item = document.getElementById(entry.anchor)
  if (item === null) return
  const decision = decisionOf(entry)
  item.classList.toggle('out', !passes(entry))
  for (const element of shownAs(item)) element.classList.toggle('decided', decision !== undefined)
  item.classList.toggle('decided', decision !== undefined)
  item.querySelector('.decision')?.remove()
  if (decision !== undefined) item.querySelector('.context')?.after(decisionLine(decision))
}

/** @param {Decision} decision */
function decisionLine({verdict, reading, tags, note, author, date}) {
  const line = make('p', {class: 'decision'}, make('strong', {}, `✓ ${verdictNames[verdict]}`))
  if (reading !== null) line.append(' ', make('bdi', {class: 'path'}, visible(reading)))
  for (const tag of tags) line.append(' ', make('span', {class: 'tag'}, visible(tag)))
  if (note !== '') line.append(' ', make('bdi', {}, visible(note)))
  line.append(' ', make('span', {class: 'by'}, make('bdi', {}, visible(author)), `, ${visible(date)}`))
  return line
}

function wireDeciding() {
  for (const button of all(byId(HTMLElement, 'verdicts'), 'button')) {
    const verdict = Object.values(verdictOfKey).find(name => name === button.getAttribute('data-verdict'))
    if (verdict !== undefined) button.addEventListener('click', () => decideCurrent(verdict))
  }
  byId(HTMLFormElement, 'reading-form').addEventListener('submit', event => {
    event.preventDefault()
    const reading = byId(HTMLInputElement, 'reading').value
    if (current === null || reading === '') return
    decide([decisionFor(current, 'both', {...typed(), reading})])
    byId(HTMLInputElement, 'reading').blur()
    advance()
  })
  for (const id of ['note', 'tags']) byId(HTMLInputElement, id).addEventListener('change', amend)
  byId(HTMLInputElement, 'author').addEventListener('change', () => {
    remember('author', byId(HTMLInputElement, 'author').value.trim())
  })
  byId(HTMLElement, 'undo').addEventListener('click', undo)
  byId(HTMLElement, 'redo').addEventListener('click', redo)
}
