// @ts-check
// Decisions go out as decisions.json and come in again: another person's, too, and then where two disagree is listed.

/** What someone else decided. @type {Decision[]} */
let others = []

function decisionFile() {
  const list = [...decisions.values()].sort((one, other) => orderOf(one) - orderOf(other))
  const lines = list.map(decision => `    ${JSON.stringify(decision)}`)
  return `{\n  "schemaVersion": 1,\n  "decisions": ${lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`}\n}\n`
}

/** Place of a decision among all differences; one whose difference is gone comes last. @param {Decision} decision */
function orderOf(decision) {
  const entry = entryAt.get(keyOfDecision(decision))
  return entry === undefined ? entries.length : entries.indexOf(entry)
}

/** Lets the browser save the decisions as a file. */
function save() {
  const url = URL.createObjectURL(new Blob([decisionFile()], {type: 'application/json'}))
  const link = make('a', {href: url, download: 'decisions.json'})
  if (link instanceof HTMLElement) link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}

/** @param {File} file */
async function load(file) {
  const place = byId(HTMLElement, 'exchange-result')
  try {
    const read = JSON.parse(await file.text())
    if (read?.schemaVersion !== 1) throw new Error('expected `schemaVersion` 1, as in a decisions.json of this page')
    others = parseDecisions(read.decisions)
    showOthers()
  } catch (error) {
    others = []
    place.replaceChildren(make('p', {class: 'refused'}, visible(`Cannot read ${file.name}: ${messageOf(error)}`)))
  }
}

/** Lists where others decided otherwise, and offers to take over what is undecided here. */
function showOthers() {
  const fresh = others.filter(decision => !decisions.has(keyOfDecision(decision)))
  const against = others.filter(decision => {
    const own = decisions.get(keyOfDecision(decision))
    return own !== undefined && (own.verdict !== decision.verdict || own.reading !== decision.reading)
  })
  const place = byId(HTMLElement, 'exchange-result')
  place.replaceChildren(
    make(
      'p',
      {},
      `${others.length} read: ${fresh.length} new, ${others.length - fresh.length - against.length} the same, ${against.length} decided otherwise`,
    ),
  )
  if (fresh.length > 0) {
    const button = make('button', {type: 'button'}, `Take over the ${fresh.length} new`)
    button.addEventListener('click', () => {
      decide(fresh)
      showOthers()
    })
    place.append(make('p', {}, button))
  }
  if (against.length > 0)
    place.append(make('h3', {}, 'Decided otherwise'), make('ol', {class: 'against'}, ...against.map(disagreement)))
}

/** @param {Decision} other */
function disagreement(other) {
  const own = decisions.get(keyOfDecision(other))
  const key = keyOfDecision(other)
  const words = sidesOf(other.reference, other.hypothesis)
  const link = entryAt.has(key) ? make('a', {href: `#${key}`}, ...words) : make('span', {}, ...words)
  const item = make('li', {}, link, ' ', make('span', {class: 'facts'}, opinion(own), opinion(other)))
  const button = make('button', {type: 'button'}, 'Take theirs')
  button.addEventListener('click', () => {
    decide([other])
    showOthers()
  })
  item.append(button)
  return item
}

/** @param {Decision | undefined} decision */
function opinion(decision) {
  if (decision === undefined) return ''
  const reading = decision.reading === null ? '' : ` ${visible(decision.reading)}`
  return make('bdi', {}, `${visible(decision.author)}: ${verdictNames[decision.verdict]}${reading}`)
}

function openExchange() {
  byId(HTMLElement, 'tally').replaceChildren(
    ...Object.entries(verdictNames).map(([verdict, name]) => {
      const count = [...decisions.values()].filter(decision => decision.verdict === verdict).length
      return make('div', {}, make('dt', {}, name), make('dd', {}, String(count)))
    }),
  )
  const gone = [...decisions.keys()].filter(key => !entryAt.has(key)).length
  byId(HTMLElement, 'gone').textContent =
    gone === 0 ? '' : `${gone} of them are about differences that are gone; they are saved too.`
  byId(HTMLDialogElement, 'exchange').showModal()
}

function wireExchange() {
  byId(HTMLElement, 'open-exchange').addEventListener('click', openExchange)
  byId(HTMLElement, 'save').addEventListener('click', save)
  if (token !== null) {
    const patch = make('a', {href: '/api/patch', download: 'review.patch'}, 'Save as a patch')
    byId(HTMLElement, 'save').after(patch)
  }
  byId(HTMLElement, 'exchange-result').addEventListener('click', event => {
    if (event.target instanceof Element && event.target.closest('a') !== null)
      byId(HTMLDialogElement, 'exchange').close()
  })
  const input = byId(HTMLInputElement, 'load')
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    if (file !== undefined) load(file)
    input.value = ''
  })
}
