// @ts-check
// The report can be read without these scripts. With them, differences are stepped through and decided, both sides of
// one light up together, tables can be sorted, and the pages of a large report are drawn when they are wanted.

function start() {
  readData()
  readKept()
  document.body.classList.add('with-scripts')
  showScripted(document)
  wireFilters()
  wireDrawing()
  wireHover()
  wireKeys()
  wireTables(document)
  wireFind()
  wireZoom()
  wireDeciding()
  wireSeries()
  wireExchange()
  wireGoTo()
  follow()
  addEventListener('hashchange', follow)
  if (token !== null) readState()
}

/**
 * Shows what needs scripts.
 * @param {ParentNode} root
 */
function showScripted(root) {
  for (const element of all(root, '.scripted')) if (element instanceof HTMLElement) element.hidden = false
}

start()
