// @ts-check
// What passes between the page and the server of `scanproof review`; nothing of this runs in a page opened as a file.

/** Requests go out one after the other, in the order of the keys. @type {Promise<unknown>} */
let sending = Promise.resolve()

/**
 * @param {string} path
 * @param {unknown} body Sent as JSON; null for a request that only reads.
 */
function ask(path, body) {
  const answer = sending.then(async () => {
    const headers = {'content-type': 'application/json', 'x-scanproof-token': token ?? ''}
    const response = await fetch(
      path,
      body === null ? {headers} : {method: 'POST', headers, body: JSON.stringify(body)},
    )
    const read = await response.json().catch(() => ({error: `the server answered ${response.status}`}))
    if (!response.ok) throw new Error(read.error)
    return read
  })
  sending = answer.catch(() => {})
  return answer
}

/**
 * Sends decisions; those that the server refuses are taken back, and their reason is shown.
 * @param {Decision[]} made
 * @param {Step} step
 */
async function sendDecisions(made, step) {
  try {
    const answer = await ask('/api/decisions', {decisions: made.map(sent)})
    rename(answer.renamed)
    for (const [index, {status, reason}] of answer.outcomes.entries()) {
      const change = step[index]
      if (status === 'refused' && change !== undefined) refuse(change, reason)
    }
    if (answer.outcomes.every(/** @param {{status: string}} outcome */ ({status}) => status === 'refused')) forget(step)
  } catch (error) {
    take(step, 'before')
    forget(step)
    complain(`Not written: ${messageOf(error)}`)
  }
}

/** @param {Step} step */
function forget(step) {
  const at = done.indexOf(step)
  if (at >= 0) done.splice(at, 1)
}

/**
 * The author is the server's to say where none is given here; a difference goes by the id it has now.
 * @param {Decision} decision
 */
function sent({author, ...decision}) {
  const id = entryAt.get(keyOfDecision(decision))?.id ?? decision.id
  return author === 'anonymous' ? {...decision, id} : {...decision, id, author}
}

/**
 * Takes back or does again what the server did last, and takes its word for what is decided now.
 * @param {'undo' | 'redo'} which
 */
async function sendStep(which) {
  try {
    const answer = await ask(`/api/${which}`, {})
    rename(answer.renamed)
    takeState(answer.state)
  } catch (error) {
    complain(messageOf(error))
  }
}

async function readState() {
  try {
    takeState(await ask('/api/state', null))
  } catch (error) {
    complain(messageOf(error))
  }
}

/** @param {{author: string, decisions: Decision[]}} state */
function takeState(state) {
  const author = byId(HTMLInputElement, 'author')
  if (author.value === '') author.value = state.author
  const before = [...decisions.keys()]
  decisions.clear()
  for (const decision of parseDecisions(state.decisions)) decisions.set(keyOfDecision(decision), decision)
  settle([...new Set([...before, ...decisions.keys()])])
}

/**
 * Taking a reading changes the words around the next difference, and so its id; the old one still leads to it.
 * @param {Readonly<Record<string, Readonly<Record<string, string>>>>} renamed
 */
function rename(renamed) {
  for (const [document, ids] of Object.entries(renamed)) {
    for (const [old, id] of Object.entries(ids)) {
      const entry = entryOf.get(keyOf(document, old))
      if (entry === undefined) continue
      entry.id = id
      entryOf.set(keyOf(document, id), entry)
    }
  }
}

/**
 * @param {Step[number]} change
 * @param {string} reason
 */
function refuse(change, reason) {
  take([change], 'before')
  const entry = entryAt.get(change.key)
  complain(`Refused${entry === undefined ? '' : ` at ${spoken(entry.reference || entry.hypothesis)}`}: ${reason}`)
}

/**
 * Asks what would become of decisions; gives a line of text for each.
 * @param {Decision[]} made
 * @returns {Promise<{status: string, reason: string | null, diff: string}[]>}
 */
async function preview(made) {
  return (await ask('/api/decisions', {decisions: made.map(sent), preview: true})).outcomes
}

/**
 * Lets what cleanup changed wrongly be restored: the server writes a case that says so.
 * @param {PageData} page
 */
function wireRestore(page) {
  if (token === null) return
  const article = document.getElementById(page.anchor)
  for (const item of article === null ? [] : all(article, 'li.edit[data-edit]')) {
    if (item.querySelector('.restore') !== null) continue
    const button = make(
      'button',
      {type: 'button', class: 'restore'},
      item.classList.contains('strip') ? 'Wrong to strip' : 'Wrong to change',
    )
    item.querySelector('.facts')?.append(button)
    button.addEventListener('click', async () => {
      try {
        const edit = Number(item.getAttribute('data-edit'))
        const {folder} = await ask('/api/restore', {document: page.document.id, edit})
        button.replaceWith(make('strong', {}, `Written: ${visible(folder)}`))
        say(`Written as a case: ${visible(folder)}`)
      } catch (error) {
        complain(messageOf(error))
      }
    })
  }
}

/** @param {string} text */
function complain(text) {
  const place = byId(HTMLElement, 'complaint')
  place.textContent = visible(text)
  place.hidden = text === ''
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error)
}
