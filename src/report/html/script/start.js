// @ts-check
// The report can be read without these scripts. With them, differences are stepped through and decided, both sides of
// one light up together, tables can be sorted, and the pages of a large report are drawn when they are wanted.

function start() {
  readData()
  readKept()
  document.body.classList.add('with-scripts')
  for (const element of all(document, '.scripted')) if (element instanceof HTMLElement) element.hidden = false
  wireFilters()
  wireDrawing()
  wireHover()
  wireKeys()
  wireTables()
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

start()
