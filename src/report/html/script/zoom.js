// @ts-check
// The scan large enough to read: around the current difference, where it is double-clicked, or with the wheel.

let isZoomed = false
/** Width of a scan within its frame, as a multiple; 1 shows all of it. */
const mostZoom = 8

/** Zooms to the current difference, or out again. */
function toggleZoom() {
  isZoomed = !isZoomed
  byId(HTMLElement, 'zoom').setAttribute('aria-pressed', String(isZoomed))
  if (!isZoomed) {
    for (const drawing of all(document, '.scan > svg[style]')) drawing.removeAttribute('style')
    for (const box of lit) center(box)
    return
  }
  const item = current === null ? null : document.getElementById(current.anchor)
  const page = pageInView()
  if (item !== null) zoomTo(item)
  else if (page !== null) {
    const drawing = document.getElementById(page.anchor)?.querySelector('.scan > svg')
    if (drawing instanceof SVGSVGElement) zoom(drawing, 2.5)
  }
}

/**
 * Shows a box so large that a line of type is about forty pixels high, and puts it in the middle.
 * @param {Element} item
 */
function zoomTo(item) {
  const box = shownAs(item).find(element => element.matches('rect'))
  const drawing = box?.ownerSVGElement
  const frame = drawing?.closest('.scan')
  if (!(box instanceof SVGRectElement) || !drawing || !frame) return
  const {width, height} = drawing.viewBox.baseVal
  const natural = frame.clientWidth / width
  const byHeight = 40 / Math.max(box.height.baseVal.value, height / 90) / natural
  const byWidth = (frame.clientWidth * 0.8) / Math.max(1, box.width.baseVal.value * natural)
  zoom(drawing, Math.min(byHeight, byWidth))
  center(box)
}

/**
 * @param {SVGSVGElement} drawing
 * @param {number} factor
 */
function zoom(drawing, factor) {
  const bounded = Math.min(Math.max(factor, 1), mostZoom)
  drawing.style.width = `${bounded * 100}%`
  if (bounded > 1.2) sharpen(drawing)
}

/**
 * Takes the scan itself in place of the small picture, where a server has it.
 * @param {SVGSVGElement} drawing
 */
function sharpen(drawing) {
  const picture = drawing.querySelector('image')
  const page = pageAt.get(drawing.closest('article.page')?.id ?? '')
  if (token === null || picture === null || page?.id == null || picture.dataset.sharp !== undefined) return
  picture.dataset.sharp = ''
  const path = `/scan/${page.id.split('/').map(encodeURIComponent).join('/')}`
  const probe = new Image()
  probe.addEventListener('load', () => picture.setAttribute('href', path))
  probe.src = path
}

/**
 * Zooms so that what is under a point of the window stays there.
 * @param {SVGSVGElement} drawing
 * @param {number} factor
 * @param {{clientX: number, clientY: number}} point
 */
function zoomAt(drawing, factor, {clientX, clientY}) {
  const frame = drawing.closest('.scan')
  if (frame === null) return
  const before = drawing.getBoundingClientRect()
  const x = (clientX - before.left) / before.width
  const y = (clientY - before.top) / before.height
  zoom(drawing, factor)
  const after = drawing.getBoundingClientRect()
  frame.scrollLeft += after.left + x * after.width - clientX
  frame.scrollTop += after.top + y * after.height - clientY
}

function wireZoom() {
  /** @param {Event} event */
  const drawingAt = event => {
    const drawing = event.target instanceof Element ? event.target.closest('.scan > svg') : null
    return drawing instanceof SVGSVGElement ? drawing : null
  }
  /** @param {SVGSVGElement} drawing */
  const factorOf = drawing => drawing.getBoundingClientRect().width / (drawing.parentElement?.clientWidth || 1)
  document.addEventListener('dblclick', event => {
    const drawing = drawingAt(event)
    if (drawing !== null) zoomAt(drawing, factorOf(drawing) > 1.2 ? 1 : 2.5, event)
  })
  document.addEventListener(
    'wheel',
    event => {
      const drawing = event.ctrlKey || event.metaKey ? drawingAt(event) : null
      if (drawing === null) return
      event.preventDefault()
      zoomAt(drawing, factorOf(drawing) * 1.0015 ** -event.deltaY, event)
    },
    {passive: false},
  )
  wirePanning(drawingAt)
  byId(HTMLElement, 'zoom').addEventListener('click', toggleZoom)
}

/**
 * Lets a scan that is larger than its frame be dragged.
 * @param {(event: Event) => SVGSVGElement | null} drawingAt
 */
function wirePanning(drawingAt) {
  /** @type {{frame: Element, x: number, y: number} | null} */
  let held = null
  document.addEventListener('pointerdown', event => {
    const frame = event.button === 0 && event.pointerType === 'mouse' ? drawingAt(event)?.closest('.scan') : null
    if (frame) held = {frame, x: event.clientX, y: event.clientY}
  })
  document.addEventListener('pointermove', event => {
    if (held === null) return
    held.frame.scrollLeft -= event.clientX - held.x
    held.frame.scrollTop -= event.clientY - held.y
    held = {...held, x: event.clientX, y: event.clientY}
  })
  for (const end of ['pointerup', 'pointercancel']) {
    document.addEventListener(end, () => {
      held = null
    })
  }
}
