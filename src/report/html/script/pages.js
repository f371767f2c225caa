// @ts-check
// Two views: the corpus, or one document with its pages. What a large report shows of them is drawn when it is wanted.

/** What stood in the file, and what is drawn in its place. @typedef {{later: Element, body: Element}} Drawn */

/** Pages drawn of a large report, the oldest first. @type {Drawn[]} */
const drawn = []
let maxDrawn = 8
/** Headings of the document that is shown, and of its pages. @type {Drawn[]} */
const headings = []
/** @type {IntersectionObserver | null} */
let nearness = null

/** The document that is shown; null for the corpus. @type {DocumentData | null} */
let shown = null

/**
 * Shows the corpus or one document, and puts all else away.
 * @param {DocumentData | null} wanted
 */
function show(wanted) {
  const section = wanted === null ? null : document.getElementById(wanted.anchor)
  if (wanted !== shown) drawHeadings(section)
  shown = wanted
  for (const other of all(document, 'main > section')) {
    const isShown = wanted === null ? !other.classList.contains('document') : other === section
    if (other instanceof HTMLElement && other.hidden === isShown) other.hidden = !isShown
  }
  document.body.classList.toggle('in-document', wanted !== null)
  byId(HTMLElement, 'here').textContent = wanted === null ? '' : wanted.title
  showProgress()
}

/** Goes where the address points: to a difference, an edit, a page, a document, or a section of the corpus. */
function follow() {
  clearTimeout(addressing)
  const id = location.hash.slice(1)
  const entry = entryAt.get(id)
  if (entry !== undefined) return select(entry, true)
  const page = pageOfEdit.get(id)
  if (page !== undefined) return showEdit(id, page)
  const owner = documents.find(({anchor}) => anchor === id) ?? pageAt.get(id)?.document ?? null
  release()
  show(owner)
  const wanted = pageAt.get(id)
  if (wanted !== undefined) draw(wanted)
  if (id === '' || id === owner?.anchor) scrollTo(0, 0)
  else document.getElementById(id)?.scrollIntoView({block: 'start'})
}

/**
 * @param {string} id
 * @param {PageData} page
 */
function showEdit(id, page) {
  show(page.document)
  draw(page)
  light(id)
  const item = document.getElementById(id)
  if (item !== null) reveal(item)
}

let addressing = 0

/**
 * Puts an id into the address, so that the link can be copied, but not into the history.
 * It waits for a pause between keys: each change takes milliseconds, and browsers refuse many in a row.
 * @param {string} id
 */
function address(id) {
  clearTimeout(addressing)
  addressing = setTimeout(() => {
    try {
      history.replaceState(null, '', `#${id}`)
    } catch {
      // Some browsers refuse this for files; the link in the list still works.
    }
  }, 150)
}

/** Draws the pages of a large report as they come near, all of them before they are printed. */
function wireDrawing() {
  const note = document.querySelector('.later-note')
  if (!(note instanceof HTMLElement)) {
    for (const page of pages) adorn(page)
    return
  }
  note.hidden = false
  const drawAll = () => {
    maxDrawn = pages.length
    drawHeadings(document.body)
    for (const page of pages) draw(page)
    note.hidden = true
    showProgress()
  }
  byId(HTMLElement, 'draw-all').addEventListener('click', drawAll)
  addEventListener('beforeprint', drawAll)
  nearness = new IntersectionObserver(
    changes => {
      for (const {isIntersecting, target} of changes) {
        const page = pageAt.get(target.id)
        if (isIntersecting && page !== undefined) draw(page)
      }
    },
    {rootMargin: '50%'},
  )
}

/**
 * Draws what the report keeps in a `noscript`: text to a browser with scripts, escaped like all of the report.
 * @param {Element} later
 * @returns {Drawn | null}
 */
function unfold(later) {
  const template = document.createElement('template')
  template.innerHTML = later.textContent ?? ''
  const body = template.content.firstElementChild
  if (body === null) return null
  later.replaceWith(body)
  return {later, body}
}

/**
 * Draws the headings of a document and of its pages, and puts those of others away, unless all is drawn.
 * @param {Element | null} section
 */
function drawHeadings(section) {
  if (nearness === null) return
  nearness.disconnect()
  if (maxDrawn < pages.length) for (const {later, body} of headings.splice(0)) body.replaceWith(later)
  if (section === null) return
  for (const later of all(section, 'noscript.heading')) {
    const heading = unfold(later)
    if (heading === null) continue
    headings.push(heading)
    wireTables(heading.body)
    showScripted(heading.body)
  }
  for (const article of all(section, 'article.page')) nearness.observe(article)
}

/**
 * What waits to be drawn of a page; null where it is drawn.
 * @param {PageData} page
 */
function laterOf(page) {
  const last = document.getElementById(page.anchor)?.lastElementChild
  return last?.matches('noscript.body') ? last : null
}

/**
 * Draws a page.
 * The page drawn longest ago is put away for it, as a thousand drawn pages would take more memory than there is.
 * @param {PageData} page
 */
function draw(page) {
  const later = laterOf(page)
  const made = later === null ? null : unfold(later)
  if (made === null) return
  drawn.push(made)
  adorn(page)
  while (drawn.length > maxDrawn) {
    const oldest = drawn.shift()
    oldest?.body.replaceWith(oldest.later)
  }
}

/**
 * Puts onto a page that was just drawn what is known of it here: what is decided, what the filter leaves out.
 * @param {PageData} page
 */
function adorn(page) {
  for (const entry of page.entries) markEntry(entry)
  wireRestore(page)
}

/**
 * Goes to the next or previous page, from document to document.
 * @param {number} direction
 */
function stepPage(direction) {
  const page = pageInView()
  const next = page === null ? (shown ?? documents[0])?.pages[0] : pages[pages.indexOf(page) + direction]
  if (next !== undefined) goToPage(next)
}

/** @param {PageData} page */
function goToPage(page) {
  release()
  show(page.document)
  draw(page)
  const article = document.getElementById(page.anchor)
  article?.scrollIntoView({block: 'start'})
  const heading = article?.querySelector('h3 a')
  if (heading instanceof HTMLElement) heading.focus({preventScroll: true})
  address(page.anchor)
}

/** The page of the current difference, or else the one that has the focus or is at the top of the window; null for the corpus. */
function pageInView() {
  if (current !== null) return current.page
  if (shown === null) return null
  const focused = pageAt.get(document.activeElement?.closest('article.page')?.id ?? '')
  if (focused !== undefined) return focused
  return (
    shown.pages.findLast(({anchor}) => {
      const top = document.getElementById(anchor)?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY
      return top < innerHeight / 3
    }) ?? null
  )
}
