// @ts-check
// The list to go somewhere: documents, pages, and differences by their words or id.

const mostTargets = 40

/** @typedef {{anchor: string, name: string, id?: string}} Target */

/**
 * Finds what a text may mean: documents and pages, those first of which whole words were typed, then differences.
 * @param {string} text
 * @returns {Target[]}
 */
function targetsFor(text) {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return [{anchor: 'corpus', name: 'Corpus'}, ...documents.slice(0, mostTargets).map(documentTarget)]
  const parts = wanted.split(/\s+/)
  const named = documents
    .flatMap(own => [
      documentTarget(own),
      ...own.pages.map(({anchor, name}) => ({anchor, name: `${own.title}, ${name}`, id: own.id})),
    ])
    .map(target => ({target, name: `${target.name} ${target.id}`.toLowerCase()}))
    .filter(({name}) => parts.every(part => name.includes(part)))
    .map(({target, name}) => ({
      target,
      whole: parts.filter(part => name.split(/[^\p{L}\p{N}]+/u).includes(part)).length,
    }))
    .sort((one, other) => other.whole - one.whole)
    .map(({target}) => target)
  const found = entries
    .filter(entry => entry.text.includes(wanted) || entry.id.startsWith(wanted))
    .map(({anchor, before, reference, hypothesis, after}) => ({
      anchor,
      name: `${before} [${reference || '–'} / ${hypothesis || '–'}] ${after}`,
    }))
  return [...named.slice(0, mostTargets), ...found.slice(0, mostTargets)]
}

/** @param {DocumentData} own */
function documentTarget({anchor, title, id}) {
  return {anchor, name: title === id ? id : `${title} · ${id}`, id}
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
