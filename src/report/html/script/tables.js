// @ts-check
// Headings of tables sort their column.

/**
 * Makes the headings of tables sort their column: greatest number or last text first, then the reverse.
 * @param {ParentNode} root
 */
function wireTables(root) {
  for (const table of root.querySelectorAll('table')) {
    for (const heading of table.querySelectorAll('th')) {
      if (heading.scope !== 'col' || heading.closest('.fixed') !== null) continue
      const button = document.createElement('button')
      button.type = 'button'
      button.append(...heading.childNodes)
      heading.append(button)
      button.addEventListener('click', () => sort(table, heading))
    }
  }
}

/** Lists only the documents and pages that are called so. */
function wireFind() {
  const input = document.getElementById('find')
  if (!(input instanceof HTMLInputElement)) return
  const rows = all(document, '#corpus tbody tr, #pages tbody tr')
  input.addEventListener('input', () => {
    const wanted = input.value.trim().toLowerCase()
    for (const row of rows) {
      const name = row.querySelector('th')?.textContent?.toLowerCase() ?? ''
      if (row instanceof HTMLElement) row.hidden = !name.includes(wanted)
    }
  })
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
