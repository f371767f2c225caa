// @ts-check
// The report can be read without this script. With it, differences can be stepped through, both sides of one
// light up together, tables can be sorted, and the pages of a large report are drawn when they are wanted.
// It reads nothing but the page it is in.

/** @typedef {{id: string, page: Element}} Entry */

const pages = all(document, 'article.page')
const sections = all(document, 'section.document')
const differences = entries('data-differences')
const edits = entries('data-edits')
const inspector = byId(HTMLElement, 'inspector')
const help = byId(HTMLDialogElement, 'help')
const keys = byId(HTMLInputElement, 'keys')

/** Index of the current difference; -1 where there is none. */
let current = -1
/** @type {readonly Element[]} */
let lit = []
/** @type {Element | null} */
let revealed = null
/**
 * Pages drawn of a large report, the oldest first: what stood in the file, and what stands in its place.
 * @type {{later: Element, body: Element}[]}
 */
const drawn = []
let maxDrawn = 24

drawPages()
wireHover()
wireKeys()
wireControls()
wireTables()
follow()
addEventListener('hashchange', follow)

/**
 * Makes a difference the current one: lights it, brings it into view, shows and says it.
 * @param {number} index
 * @param {boolean} isFollowed Whether the address already points to it.
 */
function select(index, isFollowed = false) {
  const entry = differences[index]
  if (entry === undefined) return
  draw(entry.page)
  const item = document.getElementById(entry.id)
  if (item === null) return
  unmark()
  current = index
  item.setAttribute('aria-current', 'true')
  light(entry.id)
  inspect(item, index)
  reveal(item)
  if (!isFollowed) address(entry.id)
}

/** @param {number} direction */
function selectNext(direction) {
  if (differences.length > 0) select(Math.min(Math.max(nearest(direction), 0), differences.length - 1))
}

/** Takes the mark of the current difference from its entry. */
function unmark() {
  const entry = differences[current]
  if (entry !== undefined) document.getElementById(entry.id)?.removeAttribute('aria-current')
}

function release() {
  unmark()
  current = -1
  light(null)
  inspector.hidden = true
  document.body.classList.remove('inspecting')
}

/**
 * Lights everything that shows a difference or an edit: text, box on the scan, entry in the list.
 * @param {string | null} id
 */
function light(id) {
  for (const element of lit) element.classList.remove('lit')
  const item = id === null ? null : document.getElementById(id)
  lit = item === null ? [] : [item, ...shownAs(item)]
  for (const element of lit) element.classList.add('lit')
}

/**
 * Finds what shows an entry of a list in text and scan.
 * @param {Element} item
 */
function shownAs(item) {
  const section = item.closest('section.document')
  return section === null ? [] : all(section, `[data-d="${CSS.escape(item.id)}"]`)
}

/**
 * Brings the mark of an entry into the middle of the window, or else the entry.
 * Pages out of sight get their true height only when they come near, so it is
 * done again in the frames that follow, until nothing moves any more.
 * @param {Element} item
 */
function reveal(item) {
  const shown = shownAs(item)
  const target = shown.find(element => element.matches('.mark')) ?? item
  let frames = 8
  const again = () => {
    if (revealed !== item) return
    target.scrollIntoView({block: 'center'})
    frames -= 1
    if (frames > 0) requestAnimationFrame(again)
  }
  revealed = item
  again()
  for (const element of shown) center(element)
}

/**
 * Scrolls a scan within its frame so that a box is in the middle.
 * @param {Element} box
 */
function center(box) {
  const frame = box.closest('.scan')
  if (frame === null) return
  const inner = box.getBoundingClientRect()
  const outer = frame.getBoundingClientRect()
  frame.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2
  frame.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2
}

/**
 * Shows an entry at the foot of the window, and says it.
 * @param {Element} item
 * @param {number} index
 */
function inspect(item, index) {
  const page = item.closest('article.page')?.querySelector('h3')?.textContent ?? ''
  const title = item.closest('section.document')?.querySelector('h2')?.textContent ?? ''
  const sides = all(item, '.context del, .context ins').map(side => side.textContent?.trim())
  const position = `${index + 1} of ${differences.length}`
  byId(HTMLElement, 'position').textContent = position
  byId(HTMLElement, 'where').textContent = `${title}, ${page}`
  byId(HTMLElement, 'current').replaceChildren(...[...item.children].map(child => child.cloneNode(true)))
  byId(HTMLElement, 'announcement').textContent = `Difference ${position}, ${page}: ${sides.join(', ')}`
  inspector.hidden = false
  document.body.classList.add('inspecting')
}

/**
 * Puts an id into the address, so that the link can be copied, but not into the history.
 * @param {string} id
 */
function address(id) {
  try {
    history.replaceState(null, '', `#${id}`)
  } catch {
    // Some browsers refuse this for files; the link in the list still works.
  }
}

/** Goes where the address points. */
function follow() {
  const id = location.hash.slice(1)
  const index = differences.findIndex(entry => entry.id === id)
  if (index >= 0) return select(index, true)
  const edit = edits.find(entry => entry.id === id)
  if (edit === undefined) return
  draw(edit.page)
  light(id)
  const item = document.getElementById(id)
  if (item !== null) reveal(item)
}

/** Draws the pages of a large report as they come near, all of them before they are printed. */
function drawPages() {
  const note = document.querySelector('.later-note')
  if (!(note instanceof HTMLElement)) return
  note.hidden = false
  const drawAll = () => {
    maxDrawn = pages.length
    for (const page of pages) draw(page)
    note.hidden = true
  }
  byId(HTMLElement, 'draw-all').addEventListener('click', drawAll)
  addEventListener('beforeprint', drawAll)
  const observer = new IntersectionObserver(
    changes => {
      for (const {isIntersecting, target} of changes) if (isIntersecting) draw(target)
    },
    {rootMargin: '50%'},
  )
  for (const page of pages) observer.observe(page)
}

/**
 * Draws what the report keeps in a `noscript`: text to a browser with scripts, escaped like all of the report.
 * The page drawn longest ago is put away for it, as a thousand drawn pages would take more memory than there is.
 * @param {Element} page
 */
function draw(page) {
  const later = page.querySelector('noscript.later')
  if (later === null) return
  const template = document.createElement('template')
  template.innerHTML = later.textContent ?? ''
  const body = template.content.firstElementChild
  if (body === null) return
  later.replaceWith(body)
  drawn.push({later, body})
  while (drawn.length > maxDrawn) {
    const oldest = drawn.shift()
    oldest?.body.replaceWith(oldest.later)
  }
}

function wireHover() {
  // Where the pointer is at nothing, what has the focus stays lit, or else the current difference.
  /** @param {Event} event */
  const onEnter = event => light(idAt(event.target) ?? idAt(document.activeElement) ?? differences[current]?.id ?? null)
  document.addEventListener('mouseover', onEnter)
  document.addEventListener('focusin', onEnter)
  document.addEventListener('click', event => {
    const id = idAt(event.target)
    if (id === null || !(event.target instanceof Element) || event.target.closest('a:not(.mark)') !== null) return
    const index = differences.findIndex(entry => entry.id === id)
    if (index >= 0) {
      event.preventDefault()
      select(index)
    } else if (event.target.closest('[data-d]') !== null) {
      document.getElementById(id)?.scrollIntoView({block: 'center'})
    }
  })
}

/**
 * Finds the difference or edit that something in the page belongs to.
 * @param {EventTarget | null} target
 */
function idAt(target) {
  const element = target instanceof Element ? target.closest('[data-d], li.difference, li.edit') : null
  return element === null ? null : (element.getAttribute('data-d') ?? element.id)
}

function wireKeys() {
  /** @type {Readonly<Record<string, (event: KeyboardEvent) => void>>} */
  const actions = {
    j: () => selectNext(1),
    k: () => selectNext(-1),
    F7: event => selectNext(event.shiftKey ? -1 : 1),
    J: () => step(pages, 1),
    K: () => step(pages, -1),
    n: () => step(sections, 1),
    p: () => step(sections, -1),
    z: () => byId(HTMLElement, 'large-scan').click(),
    l: () => byId(HTMLElement, 'scan-lines').click(),
    s: () => byId(HTMLElement, 'show-cleanup').click(),
    '?': () => help.showModal(),
    Escape: release,
  }
  keys.checked = remembered()
  keys.addEventListener('change', () => remember(keys.checked))
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return
    const action = actions[event.key]
    if (action === undefined || (event.key.length === 1 && !keys.checked)) return
    event.preventDefault()
    action(event)
  })
}

/**
 * Says which difference to go to: beside the current one, or else the first on the page in the window, the last before it.
 * @param {number} direction
 */
function nearest(direction) {
  if (current >= 0) return current + direction
  const page = pages.find(page => page.getBoundingClientRect().bottom > innerHeight / 3)
  const first = page === undefined ? differences.length : pages.indexOf(page)
  const below = differences.findIndex(entry => pages.indexOf(entry.page) >= first)
  if (below < 0) return direction > 0 ? differences.length - 1 : differences.length
  return direction > 0 ? below : below - 1
}

/**
 * Goes to the next or previous of a list of places, seen from the top of the window.
 * @param {readonly Element[]} places
 * @param {number} direction
 */
function step(places, direction) {
  const bar = document.querySelector('.controls')?.getBoundingClientRect().bottom ?? 0
  const tops = places.map(place => place.getBoundingClientRect().top - bar)
  const index = direction > 0 ? tops.findIndex(top => top > 40) : tops.findLastIndex(top => top < -10)
  const place = places[index]
  if (place === undefined) return
  release()
  place.scrollIntoView({block: 'start'})
  const heading = place.querySelector('h2 a, h3 a')
  if (heading instanceof HTMLElement) heading.focus({preventScroll: true})
}

function wireControls() {
  const open = byId(HTMLElement, 'open-help')
  open.hidden = false
  open.addEventListener('click', () => help.showModal())
  byId(HTMLElement, 'next').addEventListener('click', () => selectNext(1))
  byId(HTMLElement, 'previous').addEventListener('click', () => selectNext(-1))
  byId(HTMLElement, 'large-scan').addEventListener('change', () => lit.forEach(center))
}

/** Makes the headings of tables sort their column: greatest number or last text first, then the reverse. */
function wireTables() {
  for (const table of document.querySelectorAll('table')) {
    for (const heading of table.querySelectorAll('th')) {
      if (heading.scope !== 'col') continue
      const button = document.createElement('button')
      button.type = 'button'
      button.append(...heading.childNodes)
      heading.append(button)
      button.addEventListener('click', () => sort(table, heading))
    }
  }
}

/**
 * @param {HTMLTableElement} table
 * @param {HTMLTableCellElement} heading
 */
function sort(table, heading) {
  const isDescending = heading.ariaSort !== 'descending'
  for (const other of table.querySelectorAll('th')) other.ariaSort = null
  heading.ariaSort = isDescending ? 'descending' : 'ascending'
  const column = heading.cellIndex
  /** @param {HTMLTableRowElement} row */
  const value = row => row.cells[column]?.dataset.sort ?? row.cells[column]?.textContent ?? ''
  const isNumeric = heading.classList.contains('number')
  const order = new Intl.Collator(undefined, {numeric: true})
  const rows = [...(table.tBodies[0]?.rows ?? [])].sort((a, b) => {
    const difference = isNumeric ? Number(value(b)) - Number(value(a)) : order.compare(value(b), value(a))
    return isDescending ? difference : -difference
  })
  table.tBodies[0]?.append(...rows)
}

function remembered() {
  try {
    return localStorage.getItem('scanproof-keys') !== 'off'
  } catch {
    return true
  }
}

/** @param {boolean} isOn */
function remember(isOn) {
  try {
    localStorage.setItem('scanproof-keys', isOn ? 'on' : 'off')
  } catch {
    // Without storage the choice holds until the page is closed.
  }
}

/**
 * Lists what the pages say they hold, drawn or not, in order.
 * @param {string} attribute
 * @returns {readonly Entry[]}
 */
function entries(attribute) {
  return pages.flatMap(page => {
    const ids = page.getAttribute(attribute)
    return ids === null || ids === '' ? [] : ids.split(' ').map(id => ({id, page}))
  })
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
