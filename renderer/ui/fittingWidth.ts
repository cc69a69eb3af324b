/** How wide a column would have to be for all of its cells that are drawn, in pixels: measured on copies of them. */
export function fittingWidth(table: HTMLTableElement, column: number): number {
  const ruler = document.createElement('div')
  ruler.setAttribute('aria-hidden', 'true')
  ruler.style.cssText =
    'position:absolute;visibility:hidden;inline-size:max-content;white-space:nowrap'
  let paddingPx = 0
  for (const row of table.rows) {
    const cell = row.cells[column]
    if (cell === undefined) continue
    const line = document.createElement('div')
    line.append(...[...cell.childNodes].map((node) => node.cloneNode(true)))
    ruler.append(line)
    const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(cell)
    paddingPx = Math.max(
      paddingPx,
      Number.parseFloat(paddingInlineStart) + Number.parseFloat(paddingInlineEnd),
    )
  }
  const place = table.parentElement ?? table
  place.append(ruler)
  const widthPx = ruler.getBoundingClientRect().width
  ruler.remove()
  return Math.ceil(widthPx + paddingPx) + 2
}
