// @ts-check
// Two views: the corpus, or one document with its pages. The pages of a large report are drawn when they are wanted.

/**
 * Pages drawn of a large report, the oldest first: what stood in the file, and what stands in its place.
 * @type {{page: PageData, later: Element, body: Element}[]}
 */
const drawn = []
let maxDrawn = 8

/** The document that is shown; null for the corpus. @type {DocumentData | null} */
let shown = null

/**
 * Shows the corpus or one document, and puts all else away.
 * @param {DocumentData | null} wanted
 */
function show(wanted) {
  shown = wanted
  const section = wanted === null ? null : document.getElementById(wanted.anchor)
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
    for (const page of pages) draw(page)
    note.hidden = true
  }
  byId(HTMLElement, 'draw-all').addEventListener('click', drawAll)
  addEventListener('beforeprint', drawAll)
  const observer = new IntersectionObserver(
    changes => {
      for (const {isIntersecting, target} of changes) {
        const page = pageAt.get(target.id)
        if (isIntersecting && page !== undefined) draw(page)
      }
    },
    {rootMargin: '50%'},
  )
  for (const article of all(document, 'article.page')) observer.observe(article)
}

/**
 * Draws what the report keeps in a `noscript`: text to a browser with scripts, escaped like all of the report.
 * The page drawn longest ago is put away for it, as a thousand drawn pages would take more memory than there is.
 * @param {PageData} page
 */
function draw(page) {
  const later = document.getElementById(page.anchor)?.querySelector('noscript.later')
  if (later === null || later === undefined) return
  const template = document.createElement('template')
  template.innerHTML = later.textContent ?? ''
  const body = template.content.firstElementChild
  if (body === null) return
  later.replaceWith(body)
  drawn.push({page, later, body})
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
