// @ts-check
// Keys: one of them decides. Nothing happens while something is typed, and single keys can be switched off (WCAG 2.1.4).

/** @param {Entry} entry */
const isUndecided = entry => decisionOf(entry) === undefined

/** @type {Readonly<Record<string, (event: KeyboardEvent) => void>>} */
const actions = {
  j: () => selectNext(1),
  k: () => selectNext(-1),
  F7: event => selectNext(event.shiftKey ? -1 : 1),
  J: () => stepPage(1),
  K: () => stepPage(-1),
  n: () => selectNext(1, isUndecided),
  p: () => selectNext(-1, isUndecided),
  ...Object.fromEntries(Object.entries(verdictOfKey).map(([key, verdict]) => [key, () => decideCurrent(verdict)])),
  z: undo,
  Z: redo,
  f: toggleZoom,
  s: openCurrentSeries,
  g: openGoTo,
  d: openExchange,
  m: () => focusOn('note'),
  '#': () => focusOn('tags'),
  '/': () => focusOn('search'),
  c: () => byId(HTMLElement, 'show-cleanup').click(),
  w: () => byId(HTMLElement, 'show-doubt').click(),
  l: () => byId(HTMLElement, 'scan-lines').click(),
  '?': () => byId(HTMLDialogElement, 'help').showModal(),
  Escape: release,
}

/** @param {string} id */
function focusOn(id) {
  const input = byId(HTMLInputElement, id)
  if (input.closest('[hidden]') !== null) return
  input.focus()
  input.select()
}

function wireKeys() {
  const keys = byId(HTMLInputElement, 'keys')
  keys.checked = remembered('keys') !== 'off'
  keys.addEventListener('change', () => remember('keys', keys.checked ? 'on' : 'off'))
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null) return
    if (isTyping(event.target)) return leaveField(event)
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined
    if (action === undefined || (event.key.length === 1 && !keys.checked)) return
    event.preventDefault()
    action(event)
  })
  const help = byId(HTMLElement, 'open-help')
  help.hidden = false
  help.addEventListener('click', () => byId(HTMLDialogElement, 'help').showModal())
  byId(HTMLElement, 'next').addEventListener('click', () => selectNext(1))
  byId(HTMLElement, 'previous').addEventListener('click', () => selectNext(-1))
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement
}

/** Enter and Escape give the keys back to the differences. @param {KeyboardEvent} event */
function leaveField(event) {
  const {target, key} = event
  if (!(target instanceof HTMLElement)) return
  if (key === 'F7') {
    event.preventDefault()
    selectNext(event.shiftKey ? -1 : 1)
  } else if (key === 'Escape') {
    if (target.id === 'reading' && current !== null) showDeciding(current)
    target.blur()
  } else if (key === 'Enter' && (target.id === 'note' || target.id === 'tags')) {
    event.preventDefault()
    target.blur()
  }
}
