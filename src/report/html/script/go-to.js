// @ts-check
// The list to go somewhere: documents, pages, and differences by their words or id.

const mostTargets = 40

/** @typedef {{anchor: string, name: string}} Target */

/** @param {string} text */
function targetsFor(text) {
  const wanted = text.trim().toLowerCase()
  /** @type {Target[]} */
  const found = wanted === '' || 'corpus'.startsWith(wanted) ? [{anchor: 'corpus', name: 'Corpus'}] : []
  const matches = /** @param {string} name */ name =>
    wanted.split(/\s+/).every(part => name.toLowerCase().includes(part))
  for (const own of documents) {
    if (found.length >= mostTargets) return found
    if (matches(`${own.title} ${own.id}`)) found.push({anchor: own.anchor, name: own.title})
    for (const page of own.pages) {
      const name = `${own.title}, ${page.name}`
      if (found.length < mostTargets && matches(`${name} ${own.id}`) && wanted !== '')
        found.push({anchor: page.anchor, name})
    }
  }
  for (const entry of wanted === '' ? [] : entries) {
    if (found.length >= mostTargets) break
    if (!entry.text.includes(wanted) && !entry.id.startsWith(wanted)) continue
    const name = `${entry.before} [${entry.reference || '–'} / ${entry.hypothesis || '–'}] ${entry.after}`
    found.push({anchor: entry.anchor, name})
  }
  return found
}

function listTargets() {
  const targets = targetsFor(byId(HTMLInputElement, 'go-to-text').value)
  const items = targets.map(({anchor, name}) =>
    make('li', {}, make('a', {href: `#${anchor}`}, make('bdi', {}, visible(name)))),
  )
  byId(HTMLElement, 'targets').replaceChildren(...items)
  byId(HTMLElement, 'no-target').hidden = targets.length > 0
}

function openGoTo() {
  const input = byId(HTMLInputElement, 'go-to-text')
  input.value = ''
  listTargets()
  byId(HTMLDialogElement, 'go-to').showModal()
  input.focus()
}

function wireGoTo() {
  const dialog = byId(HTMLDialogElement, 'go-to')
  const input = byId(HTMLInputElement, 'go-to-text')
  const links = () => all(byId(HTMLElement, 'targets'), 'a')
  const go = /** @param {Element | undefined} link */ link => {
    const hash = link?.getAttribute('href')
    if (!hash) return
    dialog.close()
    if (location.hash === hash) follow()
    else location.assign(hash)
  }
  byId(HTMLElement, 'open-go-to').addEventListener('click', openGoTo)
  input.addEventListener('input', listTargets)
  dialog.addEventListener('submit', event => {
    event.preventDefault()
    go(links()[0])
  })
  dialog.addEventListener('click', event => {
    const link = event.target instanceof Element ? event.target.closest('#targets a') : null
    if (link === null) return
    event.preventDefault()
    go(link)
  })
  dialog.addEventListener('keydown', event => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const list = [input, ...links()]
    const at = list.findIndex(element => element === document.activeElement)
    const next = list[at + (event.key === 'ArrowDown' ? 1 : -1)]
    if (next instanceof HTMLElement) next.focus()
  })
}
