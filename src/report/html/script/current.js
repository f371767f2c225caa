// @ts-check
// The current difference: lit in the text, on the scan and in the list, shown whole at the foot of the window, and said.

/** @type {Entry | null} */
let current = null
/** @type {readonly Element[]} */
let lit = []
/** @type {Element | null} */
let revealed = null

/**
 * Makes a difference the current one: lights it, brings it into view, shows and says it.
 * @param {Entry} entry
 * @param {boolean} isFollowed Whether the address already points to it.
 */
function select(entry, isFollowed = false) {
  if (shown !== entry.page.document) show(entry.page.document)
  draw(entry.page)
  const item = document.getElementById(entry.anchor)
  if (item === null) return
  unmark()
  current = entry
  item.setAttribute('aria-current', 'true')
  light(entry.anchor)
  inspect(entry, item)
  if (isZoomed) zoomTo(item)
  reveal(item)
  if (!isFollowed) address(entry.anchor)
}

/**
 * Goes to the next or previous difference that the filter lets through.
 * @param {number} direction
 * @param {(entry: Entry) => boolean} isWanted
 */
function selectNext(direction, isWanted = () => true) {
  const entry = findNext(direction, isWanted)
  if (entry !== undefined) select(entry)
}

/**
 * Finds a difference beside the current one, or else the first in the window or the last before it; a document of which
 * no page is in the window yet begins with its first.
 * @param {number} direction
 * @param {(entry: Entry) => boolean} isWanted
 * @returns {Entry | undefined}
 */
function findNext(direction, isWanted) {
  const list = sequence()
  const wanted = /** @param {Entry} entry */ entry => passes(entry) && isWanted(entry)
  if (current !== null) {
    const at = list.indexOf(current)
    return direction > 0 ? list.slice(at + 1).find(wanted) : list.slice(0, Math.max(at, 0)).findLast(wanted)
  }
  const page = pageInView() ?? shown?.pages[0] ?? null
  const first = page === null ? 0 : list.findIndex(entry => pages.indexOf(entry.page) >= pages.indexOf(page))
  if (first < 0) return direction > 0 ? undefined : list.findLast(wanted)
  return direction > 0 ? list.slice(first).find(wanted) : list.slice(0, first).findLast(wanted)
}

/** Takes the mark of the current difference from its entry. */
function unmark() {
  if (current !== null) document.getElementById(current.anchor)?.removeAttribute('aria-current')
}

function release() {
  unmark()
  current = null
  light(null)
  byId(HTMLElement, 'inspector').hidden = true
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
  const section = item.closest('article.page')
  return section === null ? [] : all(section, `[data-d="${CSS.escape(item.id)}"]`)
}

/**
 * Brings the mark of an entry into the middle of the window, or else the entry.
 * Pages out of sight get their true height only when they come near, so it is
 * done again in the frames that follow, until nothing moves any more.
 * @param {Element} item
 */
function reveal(item) {
  const places = shownAs(item)
  const target = places.find(element => element.matches('.mark, .doubt')) ?? item
  let frames = 8
  let still = 0
  const again = () => {
    if (revealed !== item) return
    frames -= 1
    still = scrollToMiddle(target) ? 0 : still + 1
    if (frames > 0 && still < 2) requestAnimationFrame(again)
  }
  revealed = item
  again()
  for (const element of places) center(element)
}

/**
 * Scrolls the window so that something is in the middle of what the bars at its edges leave free, or begins there.
 * `scrollIntoView` does the same, but takes milliseconds also where nothing is to be done.
 * @param {Element} target
 * @returns Whether anything moved.
 */
function scrollToMiddle(target) {
  const {top, height, width} = target.getBoundingClientRect()
  if (width === 0 && height === 0) return false
  const first = Math.max(0, byId(HTMLElement, 'controls').getBoundingClientRect().bottom)
  const inspector = byId(HTMLElement, 'inspector')
  const last = inspector.hidden ? innerHeight : inspector.getBoundingClientRect().top
  const by = Math.round(top - first - Math.max(0, (last - first - height) / 2))
  const before = scrollY
  if (by !== 0) scrollBy(0, by)
  return scrollY !== before
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
 * @param {Entry} entry
 * @param {Element} item
 */
function inspect(entry, item) {
  const {page, reference, hypothesis} = entry
  const list = page.document.entries.filter(passes)
  const position = `${list.indexOf(entry) + 1} of ${list.length}`
  byId(HTMLElement, 'position').textContent = position
  byId(HTMLElement, 'where').textContent = `${page.document.title}, ${page.name}`
  const copy = [...item.children].map(child => child.cloneNode(true))
  byId(HTMLElement, 'current').replaceChildren(...copy)
  showDeciding(entry)
  byId(HTMLElement, 'inspector').hidden = false
  document.body.classList.add('inspecting')
  const verdict = decisionOf(entry)?.verdict
  const decided = verdict === undefined ? '' : `, decided: ${verdictNames[verdict]}`
  const sides = entry.isAgreed
    ? `both sides ${spoken(reference)}, a second look ${spoken(hypothesis)}`
    : `OCR ${spoken(hypothesis)}, transcript ${spoken(reference)}`
  say(`Difference ${position}, ${sides}, ${page.name}${decided}`)
}

/** @param {string} text */
function spoken(text) {
  return text === '' ? 'nothing' : text.trim() === '' ? 'white space' : visible(text.replace(/\s+/g, ' ').trim())
}

function wireHover() {
  // Where the pointer is at nothing, what has the focus stays lit, or else the current difference.
  /** @param {Event} event */
  const onEnter = event => light(idAt(event.target) ?? idAt(document.activeElement) ?? current?.anchor ?? null)
  document.addEventListener('mouseover', onEnter)
  document.addEventListener('focusin', onEnter)
  document.addEventListener('click', event => {
    const id = idAt(event.target)
    if (id === null || !(event.target instanceof Element) || event.target.closest('a:not(.mark), button') !== null)
      return
    const entry = entryAt.get(id)
    if (entry !== undefined) {
      event.preventDefault()
      select(entry)
    } else if (event.target.closest('[data-d]') !== null) {
      const item = document.getElementById(id)
      if (item !== null) scrollToMiddle(item)
    }
  })
}

/**
 * Finds the difference or edit that something in the page belongs to.
 * @param {EventTarget | null} target
 */
function idAt(target) {
  const element = target instanceof Element ? target.closest('main [data-d], li.difference, li.edit') : null
  return element === null ? null : (element.getAttribute('data-d') ?? element.id)
}
